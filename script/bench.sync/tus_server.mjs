// @tus/server with its file store on a folder. Argument: folder.
import http from 'node:http';

import { installed } from './installed.mjs';

const { Server } = await installed('@tus/server');
const { FileStore } = await installed('@tus/file-store');

const datastore = new FileStore({ directory: process.argv[2] });
const tus = new Server({ path: '/files', relativeLocation: true, datastore });
const server = http.createServer((asked, reply) => tus.handle(asked, reply));
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ listening: `http://127.0.0.1:${server.address().port}` }));
});
process.stdin.resume().on('end', () => process.exit(0));
