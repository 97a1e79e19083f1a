/** The one door to libsodium, opened before anything else in this room runs. */
import sodium from 'libsodium-wrappers-sumo';

await sodium.ready;

export { sodium };
