/**
 * The country that an address is registered in, from a table that comes with Warren: nobody is asked.
 * Data: Number Resource Organization (nro.net), CC BY 4.0, in the package of ip-location-db.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type CountryResponse, Reader } from 'mmdb-lib';

let table: Promise<Reader<CountryResponse>> | null = null;

/** Eight megabytes; read when somebody asks. */
function load(): Promise<Reader<CountryResponse>> {
  const path = createRequire(import.meta.url).resolve(
    '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb',
  );
  table ??= readFile(path).then((bytes) => new Reader<CountryResponse>(bytes));
  return table;
}

/** @returns two letters (ISO 3166), or null when the table has none. */
export async function countryOf(address: string): Promise<string | null> {
  const found = (await load()).get(address) as { country_code?: string } | null;
  return found?.country_code ?? null;
}
