/** The only thing the page gets from Electron: a way to ask for its own port to the vault host. */
import { contextBridge, ipcRenderer } from 'electron';

ipcRenderer.on('warren:port', (event) => {
  window.postMessage('warren:port', location.origin, [...event.ports]);
});

contextBridge.exposeInMainWorld('warrenBridge', {
  requestPort: () => ipcRenderer.send('warren:request-port'),
});
