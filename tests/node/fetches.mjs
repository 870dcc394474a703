// Asks as the lines of standard input say, one fetch on each, and prints the answers.
import { createInterface } from 'node:readline';

export async function fetchLines() {
  for await (const line of createInterface({ input: process.stdin })) {
    const { url, body } = JSON.parse(line);
    let result;
    try {
      const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      result = { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
    } catch (error) {
      result = { error: error.constructor.name, message: `${error.message} ${error.cause?.message ?? ''}` };
    }
    console.log(JSON.stringify(result));
  }
}
