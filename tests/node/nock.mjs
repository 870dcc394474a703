// Asks with the answers of the file NOCK_FILE alone.
import nock from 'nock';
import { fetchLines } from './fetches.mjs';

nock.disableNetConnect();
nock.define(nock.loadDefs(process.env.NOCK_FILE));
await fetchLines();
