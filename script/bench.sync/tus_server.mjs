// @tus/server with its file store on a folder. Argument: folder.
import { createRequire } from 'node:module';
import http from 'node:http';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../target/bench/sync/package.json', import.meta.url));
const { Server } = await import(pathToFileURL(require.resolve('@tus/server')));
const { FileStore } = await import(pathToFileURL(require.resolve('@tus/file-store')));

const tus = new Server({ path: '/files', relativeLocation: true, datastore: new FileStore({ directory: process.argv[2] }) });
const server = http.createServer((asked, reply) => tus.handle(asked, reply));
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ listening: `http://127.0.0.1:${server.address().port}` }));
});
process.stdin.resume().on('end', () => process.exit(0));
