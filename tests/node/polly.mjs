// Asks with the answers of the archive POLLY_FILE alone.
import { readFileSync } from 'node:fs';
import FetchAdapter from '@pollyjs/adapter-fetch';
import { Polly } from '@pollyjs/core';
import Persister from '@pollyjs/persister';
import { fetchLines } from './fetches.mjs';

class FilePersister extends Persister {
  static get id() {
    return 'file';
  }

  onFindRecording() {
    return JSON.parse(readFileSync(process.env.POLLY_FILE, 'utf8'));
  }
}

const polly = new Polly('archive', {
  adapters: [FetchAdapter],
  persister: FilePersister,
  recordIfMissing: false,
  matchRequestsBy: { headers: false },
  logLevel: 'silent',
});
await fetchLines();
await polly.stop();
