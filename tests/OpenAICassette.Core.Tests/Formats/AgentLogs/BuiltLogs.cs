namespace OpenAICassette.Tests;

/// <summary>Small logs of agents.</summary>
internal static class BuiltLogs
{
    /// <summary>An answer is logged again with the result of its tool; then the user goes back and says something else.</summary>
    public const string GeminiCli = """
        {"sessionId":"g-1","projectHash":"ab12","startTime":"2026-03-04T05:00:00.000Z","kind":"main"}
        {"id":"u1","timestamp":"2026-03-04T05:00:01.000Z","type":"user","content":[{"text":"List"}]}
        {"id":"i1","timestamp":"2026-03-04T05:00:01.500Z","type":"info","content":"Loaded"}
        {"id":"a1","timestamp":"2026-03-04T05:00:03.000Z","type":"gemini","content":"","thoughts":[{"subject":"Plan","description":"Use ls"}],"toolCalls":[{"id":"c1","name":"ls","args":{"dir":"."},"status":"executing"}],"model":"gemini-x"}
        {"id":"a1","timestamp":"2026-03-04T05:00:03.000Z","type":"gemini","content":"","thoughts":[{"subject":"Plan","description":"Use ls"}],"toolCalls":[{"id":"c1","name":"ls","args":{"dir":"."},"result":[{"functionResponse":{"id":"c1","name":"ls","response":{"output":"a.txt"}}}],"status":"success"}],"tokens":{"input":11,"output":3,"cached":2,"thoughts":4,"tool":0,"total":18},"model":"gemini-x"}
        {"$set":{"lastUpdated":"2026-03-04T05:00:04.000Z"}}
        {"id":"a2","timestamp":"2026-03-04T05:00:05.000Z","type":"gemini","content":"a.txt","model":"gemini-x"}
        {"id":"u2","timestamp":"2026-03-04T05:00:06.000Z","type":"user","content":"Wrong"}
        {"id":"a3","timestamp":"2026-03-04T05:00:07.000Z","type":"gemini","content":"Oops","model":"gemini-x"}
        {"$rewindTo":"u2"}
        {"id":"u3","timestamp":"2026-03-04T05:00:08.000Z","type":"user","content":"Right"}
        {"id":"a4","timestamp":"2026-03-04T05:00:09.000Z","type":"gemini","content":"Good","model":"gemini-x"}

        """;

    public const string GeminiDocument = """
        {
          "sessionId": "g-0", "projectHash": "ab12", "startTime": "2025-09-01T05:00:00.000Z",
          "messages": [
            {"id":"u1","timestamp":"2025-09-01T05:00:01.000Z","type":"user","content":"Hi"},
            {"id":"a1","timestamp":"2025-09-01T05:00:02.000Z","type":"gemini","content":"Hello","model":"gemini-x"}
          ]
        }
        """;

    public const string GeminiResponses = """
        {"method":"generateContentStream","response":[{"candidates":[{"content":{"parts":[{"text":"He"}],"role":"model"},"index":0}]},{"candidates":[{"content":{"parts":[{"text":"y"}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":2,"totalTokenCount":6}}]}
        {"method":"generateContent","response":{"candidates":[{"content":{"parts":[{"functionCall":{"name":"ls","args":{}}}],"role":"model"},"finishReason":"STOP","index":0}]}}
        {"method":"countTokens","response":{"totalTokens":7}}

        """;

    public const string OpenCode = """
        {
          "info": {"id":"ses_1","version":"1.0.0","directory":"/srv/app","time":{"created":1772600000000,"updated":1772600009000}},
          "messages": [
            {"info":{"id":"m1","role":"user","time":{"created":1772600000000}},"parts":[{"type":"text","text":"List"}]},
            {"info":{"id":"m2","role":"assistant","parentID":"m1","modelID":"model-x","providerID":"p","finish":"tool-calls","time":{"created":1772600001000,"completed":1772600003500},"path":{"cwd":"/srv/app/sub"},"tokens":{"input":10,"output":3,"reasoning":1,"cache":{"read":5,"write":2}}},
             "parts":[{"type":"step-start"},{"type":"reasoning","text":"Look."},{"type":"text","text":"Well"},{"type":"tool","callID":"c1","tool":"bash","state":{"status":"completed","input":{"command":"ls"},"output":"a.txt"}},{"type":"from-the-future"}]},
            {"info":{"id":"m3","role":"assistant","parentID":"m1","modelID":"model-x","finish":"stop","time":{"created":1772600004000,"completed":1772600005000}},"parts":[{"type":"text","text":"a.txt"}]},
            {"info":{"id":"m4","role":"user","time":{"created":1772600006000}},"parts":[{"type":"text","text":"More"}]},
            {"info":{"id":"m5","role":"assistant","modelID":"model-x","error":{"name":"APIError","data":{"message":"overloaded"}},"time":{"created":1772600007000}},"parts":[]}
          ]
        }
        """;

    public const string Atif = """
        {
          "schema_version": "ATIF-v1.7", "session_id": "run-1", "trajectory_id": "main",
          "agent": {"name":"lead","version":"1.0","model_name":"model-x","tool_definitions":[{"type":"function","function":{"name":"delegate"}}]},
          "steps": [
            {"step_id":1,"timestamp":"2026-03-04T05:00:00Z","source":"system","message":"Be brief."},
            {"step_id":2,"timestamp":"2026-03-04T05:00:01Z","source":"user","message":"Count"},
            {"step_id":3,"timestamp":"2026-03-04T05:00:03Z","source":"agent","message":"","reasoning_content":"Ask.","tool_calls":[{"tool_call_id":"c1","function_name":"delegate","arguments":{"n":1}}],
             "observation":{"results":[{"source_call_id":"c1","content":"Seven","subagent_trajectory_ref":[{"trajectory_id":"child"}]}]},"metrics":{"prompt_tokens":10,"completion_tokens":3,"cached_tokens":2}},
            {"step_id":4,"timestamp":"2026-03-04T05:00:05Z","source":"agent","message":"Seven."},
            {"step_id":5,"timestamp":"2026-03-04T05:00:06Z","source":"system","message":"Compacted","observation":{"results":[{"content":"Summary"}]},"extra":{"context_management":{"type":"compaction","boundary":"replace"}}},
            {"step_id":6,"timestamp":"2026-03-04T05:00:07Z","source":"agent","message":"Done","llm_call_count":1}
          ],
          "subagent_trajectories": [
            {"schema_version":"ATIF-v1.7","trajectory_id":"child","agent":{"name":"counter","version":"1.0","model_name":"model-y"},
             "steps":[{"step_id":1,"source":"user","message":"Count"},{"step_id":2,"source":"agent","message":"Seven"}]}
          ]
        }
        """;

    public static TheoryData<string, string> All =>
        new()
        {
            { "claude-code", ClaudeCodeTests.Branches().ToString() },
            { "codex", CodexTests.Session },
            { "codex", CodexTests.OldSession },
            { "gemini-cli", GeminiCli },
            { "gemini-cli", GeminiDocument },
            { "opencode", OpenCode },
            { "atif", Atif },
        };
}
