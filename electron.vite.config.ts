import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'electron-vite';
import solid from 'vite-plugin-solid';

/** Only the Electron bundle and the renderer are built; everything else runs from source. */
export default defineConfig({
  main: {
    build: { outDir: 'out/main', lib: { entry: 'app/main/main.ts', formats: ['es'] } },
  },
  preload: {
    build: { outDir: 'out/preload', lib: { entry: 'app/preload/preload.ts', formats: ['cjs'] } },
  },
  renderer: {
    root: 'app/renderer',
    plugins: [solid(), tailwindcss()],
    build: {
      outDir: 'out/renderer',
      rollupOptions: { input: 'app/renderer/index.html' },
    },
  },
});
