/** Process entry: opens a plain SQLite file and lists; prints the milliseconds since it was asked for. */
import Sqlite from 'better-sqlite3-multiple-ciphers';

const [path = '', asked = '0'] = process.argv.slice(2);
const database = new Sqlite(path);
const rows = database.prepare('select name, body from profile order by name limit 100').all();
if (rows.length === 0) throw new Error('nothing listed');
console.log(Date.now() - Number(asked));
