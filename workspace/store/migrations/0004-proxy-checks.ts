/** What checks of proxies found, on this device: another device may reach them in another way. */
import type { Migration } from './index.ts';

export const proxyChecks: Migration = {
  name: 'proxyChecks',
  up(database) {
    database.exec(`
      create table proxy_check (
        proxy_id text not null,
        at integer not null,
        -- The address that the far end was seen under, and the country it is registered in.
        exit text,
        country text,
        -- Milliseconds from asking to the answer's beginning.
        latency integer,
        -- Why nothing came through; null when something did.
        problem text,
        primary key (proxy_id, at)
      ) strict, without rowid;
    `);
  },
};
