// express-pouchdb on a folder, with no more of CouchDB's routes than replication needs. Arguments: folder, and `fsync`
// to have LevelDB make every batch durable before it is answered, which PouchDB by itself does not ask for.
import { join } from 'node:path';

import { installed } from './installed.mjs';

const express = await installed('express');
const leveldown = await installed('leveldown');
const PouchDB = await installed('pouchdb');
const serve = await installed('express-pouchdb');

const [folder, fsync] = process.argv.slice(2);

function durable(name) {
  const db = leveldown(name);
  for (const write of ['_batch', '_put', '_del']) {
    const plain = db[write];
    db[write] = function (...args) {
      args[args.length - 2] = { ...args[args.length - 2], sync: true };
      return plain.apply(this, args);
    };
  }
  return db;
}

const Kept = PouchDB.defaults({ prefix: `${folder}/`, ...(fsync === 'fsync' ? { db: durable } : {}) });
const app = express();
app.use('/', serve(Kept, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: join(folder, 'log.txt') }));
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ listening: `http://127.0.0.1:${server.address().port}` }));
});
process.stdin.resume().on('end', () => process.exit(0));
