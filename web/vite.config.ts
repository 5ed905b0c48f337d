import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compress } from './build/compress';
import { apiDocs } from './build/docs';
import { splitWords } from './build/words';

const API = process.env['NEXUS_API'] ?? 'http://127.0.0.1:8000';
const API_PATHS = '^/(auth|crm|chat|agenda|agent|admin|team|demo|notifications|healthz|readyz|socket\\.io)(/|$|\\?)';

export default defineConfig({
  plugins: [react(), apiDocs(), splitWords(), compress()],
  resolve: { alias: { '@': resolve(import.meta.dirname, 'src') } },
  html: { cspNonce: '__NEXUS_NONCE__' },
  build: {
    outDir: resolve(import.meta.dirname, '../nexus/webapp'),
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy knows no inline code
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    target: 'es2023',
    rolldownOptions: {
      output: {
        // What most pages share is one file: hundreds of tiny ones cost a third more to send.
        codeSplitting: { groups: [{ name: 'base', minShareCount: 24 }] },
      },
    },
  },
  server: {
    proxy: {
      [API_PATHS]: { target: API, changeOrigin: true, ws: true, headers: { origin: API } },
    },
  },
});
