/** For tests: whether this machine's network carries multicast, without which nobody is found on it. */
import { createSocket } from 'node:dgram';

const group = '224.0.0.251';
const patience = 1_500;

export function carriesMulticast(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    const finish = (carries: boolean) => {
      clearTimeout(timer);
      socket.close();
      resolve(carries);
    };
    const timer = setTimeout(() => finish(false), patience);
    socket.on('error', () => finish(false));
    socket.on('message', () => finish(true));
    socket.bind(0, () => {
      try {
        socket.addMembership(group);
        socket.setMulticastLoopback(true);
        socket.send('?', socket.address().port, group);
      } catch {
        finish(false);
      }
    });
  });
}
