namespace OpenAICassette.Tests;

/// <summary>Small traces, one for each form in which programs write them.</summary>
internal static class BuiltTraces
{
    /// <summary>An agent whose model calls a tool, then fails.</summary>
    public const string Attributes = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"app"}}]},"scopeSpans":[{"scope":{"name":"s"},"spans":[
          {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b170","name":"invoke_agent x","startTimeUnixNano":"1772600000000000000","endTimeUnixNano":"1772600009000000000","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"invoke_agent"}},{"key":"gen_ai.request.model","value":{"stringValue":"gpt-x"}}]},
          {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b171","parentSpanId":"eee19b7ec3c1b170","name":"chat gpt-x","kind":3,"startTimeUnixNano":"1772600000000000000","endTimeUnixNano":"1772600001500000000","attributes":[
            {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.provider.name","value":{"stringValue":"openai"}},
            {"key":"gen_ai.conversation.id","value":{"stringValue":"talk-1"}},
            {"key":"gen_ai.request.model","value":{"stringValue":"gpt-x"}},{"key":"gen_ai.response.model","value":{"stringValue":"gpt-x-2026"}},{"key":"gen_ai.response.id","value":{"stringValue":"r1"}},
            {"key":"gen_ai.request.temperature","value":{"doubleValue":0.5}},{"key":"gen_ai.request.max_tokens","value":{"intValue":"100"}},
            {"key":"gen_ai.response.finish_reasons","value":{"arrayValue":{"values":[{"stringValue":"tool_calls"}]}}},
            {"key":"gen_ai.response.time_to_first_chunk","value":{"doubleValue":0.25}},
            {"key":"gen_ai.usage.input_tokens","value":{"intValue":"11"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":7}},{"key":"gen_ai.usage.cache_read.input_tokens","value":{"intValue":"4"}},{"key":"gen_ai.usage.reasoning.output_tokens","value":{"intValue":"2"}},
            {"key":"server.address","value":{"stringValue":"llm.example.com"}},{"key":"server.port","value":{"intValue":"8443"}},
            {"key":"gen_ai.system_instructions","value":{"stringValue":"[{\"type\":\"text\",\"content\":\"Be brief.\"}]"}},
            {"key":"gen_ai.input.messages","value":{"stringValue":"[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Look\"},{\"type\":\"uri\",\"modality\":\"image\",\"uri\":\"https://example.com/a.png\"},{\"type\":\"blob\",\"modality\":\"audio\",\"mime_type\":\"audio/wav\",\"content\":\"UklG\"}]}]"}},
            {"key":"gen_ai.output.messages","value":{"stringValue":"[{\"role\":\"assistant\",\"parts\":[{\"type\":\"reasoning\",\"content\":\"Hm.\"},{\"type\":\"tool_call\",\"id\":\"c1\",\"name\":\"weather\",\"arguments\":{\"city\":\"Rome\"}}],\"finish_reason\":\"tool_call\"}]"}},
            {"key":"gen_ai.tool.definitions","value":{"stringValue":"[{\"type\":\"function\",\"name\":\"weather\",\"description\":\"Tells it\",\"parameters\":{\"type\":\"object\"}}]"}}],"status":{}},
          {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b172","parentSpanId":"eee19b7ec3c1b170","name":"execute_tool weather","startTimeUnixNano":"1772600001500000000","endTimeUnixNano":"1772600003500000000","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"execute_tool"}},{"key":"gen_ai.tool.name","value":{"stringValue":"weather"}},{"key":"gen_ai.tool.call.id","value":{"stringValue":"c1"}},{"key":"gen_ai.tool.call.result","value":{"stringValue":"sunny"}}]},
          {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b173","parentSpanId":"eee19b7ec3c1b170","name":"chat gpt-x","startTimeUnixNano":"1772600004000000000","endTimeUnixNano":"1772600005000000000","attributes":[
            {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.request.model","value":{"stringValue":"gpt-x"}},{"key":"error.type","value":{"stringValue":"RateLimitError"}},{"key":"http.response.status_code","value":{"intValue":"429"}},
            {"key":"gen_ai.input.messages","value":{"stringValue":"[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Again\"}]}]"}}],"status":{"code":2,"message":"slow down"}}
        ]}]}]}
        """;

    /// <summary>Lines with structured values, in the one event with all messages.</summary>
    public const string Details = """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60d","spanId":"eee19b7ec3c1b171","name":"chat m","startTimeUnixNano":"1772600000000000000","endTimeUnixNano":"1772600001000000000","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.request.model","value":{"stringValue":"m"}}],"events":[{"name":"gen_ai.client.inference.operation.details","timeUnixNano":"1","attributes":[{"key":"gen_ai.usage.input_tokens","value":{"intValue":"3"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":"4"}},{"key":"gen_ai.input.messages","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"role","value":{"stringValue":"user"}},{"key":"parts","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"type","value":{"stringValue":"text"}},{"key":"content","value":{"stringValue":"Hi"}}]}}]}}}]}}]}}},{"key":"gen_ai.output.messages","value":{"stringValue":"[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"Hello\"}],\"finish_reason\":\"stop\"}]"}}]}]}]}]}]}
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60d","spanId":"eee19b7ec3c1b172","name":"GET /","attributes":[]}]}]}]}

        """;

    /// <summary>An event for each message: with attributes, with the body in one attribute, and as log records.</summary>
    public const string Events = """
        [{"resourceSpans":[{"scopeSpans":[{"spans":[
          {"traceId":"5b8efff798038103d269b633813fc60e","spanId":"eee19b7ec3c1b171","name":"chat m","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.request.model","value":{"stringValue":"m"}}],"events":[
            {"name":"gen_ai.system.message","attributes":[{"key":"content","value":{"stringValue":"Be brief."}}]},
            {"name":"gen_ai.user.message","attributes":[{"key":"content","value":{"stringValue":"[{\"text\":\"Weather?\"}]"}}]},
            {"name":"gen_ai.assistant.message","attributes":[{"key":"gen_ai.event.content","value":{"stringValue":"{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}]}"}}]},
            {"name":"gen_ai.tool.message","attributes":[{"key":"content","value":{"stringValue":"sunny"}},{"key":"id","value":{"stringValue":"c1"}}]},
            {"name":"gen_ai.choice","attributes":[{"key":"finish_reason","value":{"stringValue":"end_turn"}},{"key":"message","value":{"stringValue":"[{\"text\":\"Sunny.\"}]"}}]}]},
          {"traceId":"5b8efff798038103d269b633813fc60e","spanId":"eee19b7ec3c1b172","name":"chat m","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.request.model","value":{"stringValue":"m"}}]}]}]}]},
         {"resourceLogs":[{"scopeLogs":[{"logRecords":[
          {"traceId":"5b8efff798038103d269b633813fc60e","spanId":"eee19b7ec3c1b172","eventName":"gen_ai.user.message","body":{"kvlistValue":{"values":[{"key":"content","value":{"stringValue":"Hi"}}]}}},
          {"traceId":"5b8efff798038103d269b633813fc60e","spanId":"eee19b7ec3c1b172","attributes":[{"key":"event.name","value":{"stringValue":"gen_ai.choice"}}],"body":{"kvlistValue":{"values":[{"key":"index","value":{"intValue":"0"}},{"key":"finish_reason","value":{"stringValue":"stop"}},{"key":"message","value":{"kvlistValue":{"values":[{"key":"role","value":{"stringValue":"assistant"}},{"key":"content","value":{"stringValue":"Hello"}}]}}}]}}}]}]}]}]
        """;

    /// <summary>Log records in lines before and after those of their spans, as collectors write them.</summary>
    public const string RecordsElsewhere = """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"5b8efff798038103d269b633813fc613","spanId":"eee19b7ec3c1b171","eventName":"gen_ai.user.message","body":{"kvlistValue":{"values":[{"key":"content","value":{"stringValue":"Hi"}}]}}},{"eventName":"started","body":{"stringValue":"of no span"}}]}]}]}
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc613","spanId":"eee19b7ec3c1b171","name":"chat m","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.request.model","value":{"stringValue":"m"}}]},{"traceId":"5b8efff798038103d269b633813fc613","spanId":"eee19b7ec3c1b172","name":"chat m","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}}]}]}]}]}
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"5b8efff798038103d269b633813fc613","spanId":"eee19b7ec3c1b171","eventName":"gen_ai.choice","body":{"kvlistValue":{"values":[{"key":"finish_reason","value":{"stringValue":"stop"}},{"key":"message","value":{"kvlistValue":{"values":[{"key":"content","value":{"stringValue":"Hello"}}]}}}]}}},{"traceId":"5b8efff798038103d269b633813fc613","spanId":"eee19b7ec3c1b172","eventName":"gen_ai.client.inference.operation.details","attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"n"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"3"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":"-1"}},{"key":"gen_ai.input.messages","value":{"stringValue":"[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Again\"}]}]"}},{"key":"gen_ai.output.messages","value":{"stringValue":"[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"Hello again\"}],\"finish_reason\":\"stop\"}]"}}]},{"traceId":"5b8efff798038103d269b633813fc613","spanId":"eee19b7ec3c1b173","eventName":"gen_ai.choice","body":{"stringValue":"of a span that is not here"}}]}]}]}

        """;

    /// <summary>Log records as OpenTelemetry's instrumentation for node writes them, without roles.</summary>
    public const string ToolRecords = """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"5b8efff798038103d269b633813fc614","spanId":"eee19b7ec3c1b171","attributes":[{"key":"event.name","value":{"stringValue":"gen_ai.user.message"}}],"body":{"kvlistValue":{"values":[{"key":"content","value":{"stringValue":"Weather?"}}]}}}]}]}]}
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"5b8efff798038103d269b633813fc614","spanId":"eee19b7ec3c1b171","attributes":[{"key":"event.name","value":{"stringValue":"gen_ai.assistant.message"}}],"body":{"kvlistValue":{"values":[{"key":"tool_calls","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"id","value":{"stringValue":"c1"}},{"key":"type","value":{"stringValue":"function"}},{"key":"function","value":{"kvlistValue":{"values":[{"key":"name","value":{"stringValue":"place"}},{"key":"arguments","value":{"stringValue":"{}"}}]}}}]}}]}}}]}}},{"traceId":"5b8efff798038103d269b633813fc614","spanId":"eee19b7ec3c1b171","attributes":[{"key":"event.name","value":{"stringValue":"gen_ai.tool.message"}}],"body":{"kvlistValue":{"values":[{"key":"id","value":{"stringValue":"c1"}},{"key":"content","value":{"stringValue":"Rome"}}]}}}]}]}]}
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"5b8efff798038103d269b633813fc614","spanId":"eee19b7ec3c1b171","attributes":[{"key":"event.name","value":{"stringValue":"gen_ai.choice"}}],"body":{"kvlistValue":{"values":[{"key":"finish_reason","value":{"stringValue":"tool_calls"}},{"key":"index","value":{"intValue":0}},{"key":"message","value":{"kvlistValue":{"values":[{"key":"tool_calls","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"id","value":{"stringValue":"c2"}},{"key":"type","value":{"stringValue":"function"}},{"key":"function","value":{"kvlistValue":{"values":[{"key":"name","value":{"stringValue":"weather"}},{"key":"arguments","value":{"stringValue":"{\"city\":\"Rome\"}"}}]}}}]}}]}}}]}}}]}}}]}]}]}
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc614","spanId":"eee19b7ec3c1b171","name":"chat m","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.request.model","value":{"stringValue":"m"}}]}]}]}]}

        """;

    /// <summary>Numbered attributes, as OpenLLMetry wrote them.</summary>
    public const string Numbered = """
        {"batches":[{"resource":{},"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60f","spanId":"eee19b7ec3c1b171","name":"openai.chat","attributes":[
          {"key":"gen_ai.system","value":{"stringValue":"OpenAI"}},{"key":"llm.request.type","value":{"stringValue":"chat"}},{"key":"gen_ai.request.model","value":{"stringValue":"m"}},
          {"key":"gen_ai.prompt.0.role","value":{"stringValue":"user"}},{"key":"gen_ai.prompt.0.content","value":{"stringValue":"Hi"}},
          {"key":"gen_ai.completion.0.role","value":{"stringValue":"assistant"}},{"key":"gen_ai.completion.0.content","value":{"stringValue":"Hello"}},{"key":"gen_ai.completion.0.finish_reason","value":{"stringValue":"stop"}},
          {"key":"gen_ai.usage.prompt_tokens","value":{"intValue":"3"}},{"key":"gen_ai.usage.completion_tokens","value":{"intValue":"4"}},{"key":"llm.usage.total_tokens","value":{"intValue":"7"}}]}]}]}]}
        """;

    /// <summary>What the AI SDK for TypeScript writes: the inner span is the call.</summary>
    public const string AiSdk = """
        {"resourceSpans":[{"scopeSpans":[{"scope":{"name":"ai"},"spans":[
          {"traceId":"5b8efff798038103d269b633813fc612","spanId":"eee19b7ec3c1b170","name":"ai.generateText","attributes":[{"key":"ai.model.id","value":{"stringValue":"m"}},{"key":"ai.response.text","value":{"stringValue":"Hello"}}]},
          {"traceId":"5b8efff798038103d269b633813fc612","spanId":"eee19b7ec3c1b171","parentSpanId":"eee19b7ec3c1b170","name":"ai.generateText.doGenerate","attributes":[
            {"key":"gen_ai.system","value":{"stringValue":"openai.chat"}},{"key":"gen_ai.request.model","value":{"stringValue":"m"}},{"key":"gen_ai.response.finish_reasons","value":{"arrayValue":{"values":[{"stringValue":"tool-calls"}]}}},
            {"key":"ai.prompt.messages","value":{"stringValue":"[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"reasoning\",\"text\":\"Hm.\"},{\"type\":\"tool-call\",\"toolCallId\":\"c1\",\"toolName\":\"weather\",\"input\":{\"city\":\"Rome\"}}]},{\"role\":\"tool\",\"content\":[{\"type\":\"tool-result\",\"toolCallId\":\"c1\",\"toolName\":\"weather\",\"output\":{\"type\":\"text\",\"value\":\"sunny\"}}]}]"}},
            {"key":"ai.response.toolCalls","value":{"stringValue":"[{\"toolCallId\":\"c2\",\"toolName\":\"weather\",\"input\":\"{}\"}]"}}]}]}]}]}
        """;

    /// <summary>OpenInference in OTLP; the second span has only the whole request and response.</summary>
    public const string OpenInference = """
        {"resourceSpans":[{"scopeSpans":[{"spans":[
          {"traceId":"5b8efff798038103d269b633813fc610","spanId":"eee19b7ec3c1b171","name":"ChatCompletion","startTimeUnixNano":"1772600000000000000","endTimeUnixNano":"1772600001000000000","attributes":[
            {"key":"openinference.span.kind","value":{"stringValue":"LLM"}},{"key":"llm.model_name","value":{"stringValue":"m"}},{"key":"session.id","value":{"stringValue":"s-1"}},
            {"key":"llm.invocation_parameters","value":{"stringValue":"{\"temperature\":0.1,\"model\":\"m\"}"}},
            {"key":"llm.input_messages.10.message.role","value":{"stringValue":"tool"}},{"key":"llm.input_messages.10.message.content","value":{"stringValue":"sunny"}},{"key":"llm.input_messages.10.message.tool_call_id","value":{"stringValue":"c0"}},
            {"key":"llm.input_messages.0.message.role","value":{"stringValue":"user"}},{"key":"llm.input_messages.0.message.contents.0.message_content.type","value":{"stringValue":"text"}},{"key":"llm.input_messages.0.message.contents.0.message_content.text","value":{"stringValue":"Look"}},{"key":"llm.input_messages.0.message.contents.1.message_content.type","value":{"stringValue":"image"}},{"key":"llm.input_messages.0.message.contents.1.message_content.image.image.url","value":{"stringValue":"https://example.com/a.png"}},
            {"key":"llm.input_messages.2.message.role","value":{"stringValue":"assistant"}},{"key":"llm.input_messages.2.message.tool_calls.0.tool_call.id","value":{"stringValue":"c0"}},{"key":"llm.input_messages.2.message.tool_calls.0.tool_call.function.name","value":{"stringValue":"weather"}},{"key":"llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments","value":{"stringValue":"{}"}},
            {"key":"llm.output_messages.0.message.role","value":{"stringValue":"assistant"}},{"key":"llm.output_messages.0.message.content","value":{"stringValue":"Sunny."}},
            {"key":"llm.tools.0.tool.json_schema","value":{"stringValue":"{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}"}},
            {"key":"llm.token_count.prompt","value":{"intValue":"11"}},{"key":"llm.token_count.completion","value":{"intValue":"7"}},{"key":"llm.token_count.total","value":{"intValue":"18"}},{"key":"llm.token_count.prompt_details.cache_read","value":{"intValue":"4"}},{"key":"llm.token_count.completion_details.reasoning","value":{"intValue":"2"}}]},
          {"traceId":"5b8efff798038103d269b633813fc610","spanId":"eee19b7ec3c1b172","name":"ChatCompletion","attributes":[
            {"key":"openinference.span.kind","value":{"stringValue":"LLM"}},{"key":"llm.model_name","value":{"stringValue":"m"}},
            {"key":"input.value","value":{"stringValue":"{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"}},
            {"key":"output.value","value":{"stringValue":"{\"id\":\"r1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"}}]}"}}]}
        ]}]}]}
        """;

    /// <summary>Spans as Phoenix exports them, with the tool that the last call asked for.</summary>
    public const string Phoenix = """
        [{"name":"turn","context":{"trace_id":"t-1","span_id":"s-0"},"span_kind":"AGENT","parent_id":null,"start_time":"2026-03-04T05:00:00+00:00","end_time":"2026-03-04T05:00:09+00:00","status_code":"OK","attributes":{"session.id":"s-1"},"events":[]},
         {"name":"m","context":{"trace_id":"t-1","span_id":"s-1"},"span_kind":"LLM","parent_id":"s-0","start_time":"2026-03-04T05:00:00+00:00","end_time":"2026-03-04T05:00:02+00:00","status_code":"OK","status_message":"","attributes":{"session.id":"s-1","llm.model_name":"m","llm.input_messages.0.message.role":"user","llm.input_messages.0.message.content":"Weather?","llm.output_messages.0.message.role":"assistant","llm.output_messages.0.message.tool_calls.0.tool_call.id":"c1","llm.output_messages.0.message.tool_calls.0.tool_call.function.name":"weather","llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments":"{\"city\":\"Rome\"}","llm.token_count.prompt":11,"llm.token_count.completion":7},"events":[]},
         {"name":"weather","context":{"trace_id":"t-1","span_id":"s-2"},"span_kind":"TOOL","parent_id":"s-0","start_time":"2026-03-04T05:00:02+00:00","end_time":"2026-03-04T05:00:05+00:00","status_code":"OK","attributes":{"tool.name":"weather","tool.id":"c1","output.value":"sunny"},"events":[]},
         {"name":"m","context":{"trace_id":"t-1","span_id":"s-3"},"span_kind":"LLM","parent_id":"s-0","start_time":"2026-03-04T05:00:06+00:00","end_time":"2026-03-04T05:00:07+00:00","status_code":"ERROR","status_message":"overloaded","attributes":{"llm":{"model_name":"m","input_messages":[{"message":{"role":"user","content":"More"}}]}},"events":[]}]
        """;

    /// <summary>Lines as OpenTelemetry's SDK for Python writes spans.</summary>
    public const string Lines = """
        {"name":"chat m","context":{"trace_id":"0x5b8efff798038103d269b633813fc611","span_id":"0xeee19b7ec3c1b171","trace_state":"[]"},"kind":"SpanKind.CLIENT","parent_id":null,"start_time":"2026-03-04T05:00:00.000000Z","end_time":"2026-03-04T05:00:01.500000Z","status":{"status_code":"UNSET"},"attributes":{"gen_ai.operation.name":"chat","gen_ai.request.model":"m","gen_ai.usage.input_tokens":3,"gen_ai.usage.output_tokens":4,"gen_ai.response.finish_reasons":["stop"]},"events":[{"name":"gen_ai.user.message","timestamp":"2026-03-04T05:00:00.000000Z","attributes":{"content":"Hi"}},{"name":"gen_ai.choice","timestamp":"2026-03-04T05:00:01.000000Z","attributes":{"message":"{\"role\":\"assistant\",\"content\":\"Hello\"}","finish_reason":"stop"}}],"links":[],"resource":{}}

        """;

    /// <summary>A trace with its observations: JSON in texts, plain texts and whole responses.</summary>
    public const string Langfuse = """
        {"trace":{"id":"t-1","name":"run","timestamp":"2026-03-04T05:00:00.000Z","sessionId":"s-1"},"observations":[
          {"id":"o-0","traceId":"t-1","parentObservationId":null,"type":"AGENT","startTime":"2026-03-04T05:00:00.000Z","endTime":"2026-03-04T05:00:09.000Z","name":"run","level":"DEFAULT","input":null,"output":null},
          {"id":"o-1","traceId":"t-1","parentObservationId":"o-0","type":"GENERATION","startTime":"2026-03-04T05:00:00.000Z","endTime":"2026-03-04T05:00:02.000Z","completionStartTime":"2026-03-04T05:00:00.500Z","name":"m","level":"DEFAULT","statusMessage":null,"model":"m","modelParameters":{"temperature":0.5,"max_tokens":"null"},"usageDetails":{"input":7,"input_cache_read":4,"output":5,"output_reasoning":2,"total":18},"input":"[{\"role\":\"user\",\"content\":\"Weather?\"}]","output":"{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}]}","toolDefinitions":{"weather":"{\"description\":\"Tells it\",\"parameters\":\"{}\"}"},"toolCalls":[],"metadata":"{}"},
          {"id":"o-2","traceId":"t-1","parentObservationId":"o-0","type":"TOOL","startTime":"2026-03-04T05:00:02.000Z","endTime":"2026-03-04T05:00:05.000Z","name":"weather","level":"DEFAULT","input":"{}","output":"\"sunny\"","metadata":"{\"attributes\":{\"gen_ai.tool.call.id\":\"c1\"}}"},
          {"id":"o-3","traceId":"t-1","parentObservationId":"o-0","type":"GENERATION","startTime":"2026-03-04T05:00:05.000Z","endTime":"2026-03-04T05:00:06.000Z","name":"m","level":"DEFAULT","model":"m","usageDetails":{"input":7,"output":5,"total":12},"input":"[{\"role\":\"user\",\"content\":\"Hi\"}]","output":"{\"id\":\"resp_1\",\"object\":\"response\",\"model\":\"m\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\"}]}]}"},
          {"id":"o-4","traceId":"t-1","parentObservationId":"o-0","type":"GENERATION","startTime":"2026-03-04T05:00:07.000Z","endTime":"2026-03-04T05:00:08.000Z","name":"m","level":"ERROR","statusMessage":"overloaded","model":"m","usageDetails":{},"input":"Hi","output":null}
        ]}
        """;

    /// <summary>A list of observations, with the names that exports to files have.</summary>
    public const string LangfuseLines = """
        {"id":"o-1","trace_id":"t-1","parent_observation_id":null,"type":"GENERATION","start_time":"2026-03-04 05:00:00.000","end_time":"2026-03-04 05:00:02.000","model":"m","usage_details":"{\"input\":3,\"output\":4}","input":"Hi","output":"Hello","sessionId":"s-1"}

        """;

    /// <summary>Gets all of them with the names of their formats.</summary>
    public static TheoryData<string, string> All =>
        new()
        {
            { "otlp", Attributes },
            { "otlp", Details },
            { "otlp", Events },
            { "otlp", RecordsElsewhere },
            { "otlp", ToolRecords },
            { "otlp", Numbered },
            { "otlp", OpenInference },
            { "otlp", AiSdk },
            { "otel-spans", Phoenix },
            { "otel-spans", Lines },
            { "langfuse", Langfuse },
            { "langfuse", LangfuseLines },
        };
}
