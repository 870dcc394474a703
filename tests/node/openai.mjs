// The OpenAI SDK: each function sends the body and tells what the SDK reports.
import OpenAI from 'openai';

const client = (url) => new OpenAI({ baseURL: `${url}/v1`, apiKey: 'cassette', maxRetries: 0 });

const token = ({ token, logprob, top_logprobs }) =>
  ({ token, logprob, top: (top_logprobs ?? []).map((other) => ({ token: other.token, logprob: other.logprob })) });

const tool = ({ id, function: called }) => ({ id: id ?? '', name: called?.name ?? '', arguments: called?.arguments ?? '' });

const choice = ({ index, message, delta, finish_reason, logprobs }) => {
  const said = message ?? delta;
  return {
    index,
    text: said.content ?? '',
    refusal: said.refusal ?? '',
    tools: (said.tool_calls ?? []).map(tool),
    finish: finish_reason ?? null,
    tokens: [...(logprobs?.content ?? []), ...(logprobs?.refusal ?? [])].map(token),
  };
};

const usage = (used) => used && [used.prompt_tokens, used.completion_tokens, used.total_tokens];

export async function chat(url, body, options) {
  const answer = await client(url).chat.completions.create(body, options);
  if (!body.stream) {
    return { choices: answer.choices.map(choice), usage: usage(answer.usage) ?? null };
  }
  const result = { choices: [], usage: null };
  for await (const chunk of answer) {
    result.choices.push(...chunk.choices.map(choice));
    result.usage = usage(chunk.usage) ?? result.usage;
  }
  return result;
}

/** The SDK puts a stream together itself. */
export async function chatHelper(url, body, options) {
  const answer = await client(url).chat.completions.stream(body, options).finalChatCompletion();
  return { choices: answer.choices.map(choice), usage: usage(answer.usage) ?? null };
}

export async function completions(url, body, options) {
  const answer = await client(url).completions.create(body, options);
  const result = { text: '', finish: null };
  for await (const part of body.stream ? answer : [answer]) {
    for (const one of part.choices) {
      result.text += one.text;
      result.finish = one.finish_reason ?? result.finish;
    }
  }
  return result;
}

/** Without a format the SDK asks for base64 and gives numbers. */
export async function embeddings(url, body, options) {
  const { data } = await client(url).embeddings.create(body, options);
  return { embeddings: data.map(({ embedding }) => embedding) };
}

export async function models(url, body, options) {
  const models = [];
  for await (const model of client(url).models.list(options)) models.push(model.id);
  return { models };
}
