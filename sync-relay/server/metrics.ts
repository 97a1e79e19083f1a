/** What a relay tells about itself, as Prometheus reads it. */
import type { StoreTotals } from '../store/relayStore.ts';
import type { Relay } from './relay.ts';

export function metricsText(relay: Relay, totals: StoreTotals, startedAt: number): string {
  const { counts } = relay;
  const lines: [string, 'gauge' | 'counter', string, number][] = [
    ['connections', 'gauge', 'Connections now', counts.sessions],
    ['requests_total', 'counter', 'Requests received', counts.requests],
    ['refused_total', 'counter', 'Requests refused', counts.refused],
    ['appended_total', 'counter', 'Envelopes stored', counts.appended],
    ['delivered_total', 'counter', 'Envelopes sent', counts.delivered],
    ['received_bytes_total', 'counter', 'Bytes of requests', counts.bytesIn],
    ['sent_bytes_total', 'counter', 'Bytes of answers and events', counts.bytesOut],
    ['dropped_total', 'counter', 'Connections closed by the relay', counts.dropped],
    ['channels', 'gauge', 'Channels stored', totals.channels],
    ['envelopes', 'gauge', 'Envelopes ever appended to the channels stored', totals.envelopes],
    ['stored_bytes', 'gauge', 'Bytes of envelopes and blobs stored', totals.bytes],
    ['resident_bytes', 'gauge', 'Memory of the process', process.memoryUsage.rss()],
    ['start_time_seconds', 'gauge', 'When the process started', Math.round(startedAt / 1000)],
  ];
  return lines
    .map(
      ([name, type, help, value]) =>
        `# HELP warren_relay_${name} ${help}\n# TYPE warren_relay_${name} ${type}\nwarren_relay_${name} ${value}\n`,
    )
    .join('');
}
