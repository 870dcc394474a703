<#
.SYNOPSIS
    What a team might have: a function that asks a model. The host is written into it, and it knows nothing of cassettes.
#>
function Get-Capital {
    param([Parameter(Mandatory)] [string] $Country)

    $body = @{
        model    = 'gpt-4o-mini'
        messages = @(
            @{ role = 'system'; content = 'Answer with the name of the city alone.' }
            @{ role = 'user'; content = "What is the capital of ${Country}?" }
        )
    }
    $request = @{
        Uri         = 'https://api.openai.com/v1/chat/completions'
        Method      = 'Post'
        Headers     = @{ Authorization = "Bearer $env:OPENAI_API_KEY" }
        ContentType = 'application/json'
        Body        = ConvertTo-Json -InputObject $body -Depth 10
    }
    (Invoke-RestMethod @request).choices[0].message.content
}
