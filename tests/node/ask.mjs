// Asks the server at CASSETTE_URL as the lines of standard input say, one call on each, and prints what the client reports of each.
import { createInterface } from 'node:readline';
import * as anthropic from './anthropic.mjs';
import * as openai from './openai.mjs';

const clients = { ...openai, ...anthropic };
const url = process.env.CASSETTE_URL.replace(/\/$/, '');

for await (const line of createInterface({ input: process.stdin })) {
  const { operation, cassette, body } = JSON.parse(line);
  let result;
  try {
    result = await clients[operation](url, body, { headers: { 'x-cassette': cassette } });
  } catch (error) {
    result = { error: error.constructor.name, status: error.status ?? null, message: error.message };
  }
  console.log(JSON.stringify(result));
}
