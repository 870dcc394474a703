// The Anthropic SDK: sends the body and tells what the SDK reports.
import Anthropic from '@anthropic-ai/sdk';

const report = ({ content, stop_reason, usage }) => ({
  content: content.map((part) => ({ type: part.type, text: part.text ?? part.thinking ?? '' })),
  stop: stop_reason ?? null,
  usage: [usage.input_tokens, usage.output_tokens],
});

export async function messages(url, body, options) {
  const { messages } = new Anthropic({ baseURL: url, apiKey: 'cassette', maxRetries: 0 });
  return report(body.stream ? await messages.stream(body, options).finalMessage() : await messages.create(body, options));
}
