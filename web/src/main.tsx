/** The browser's entry: words and nonce first, then the app. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@/lib/theme/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '@/app/App';
import { startI18n } from '@/lib/i18n';
import { installNonce } from '@/lib/theme/nonce';

installNonce();
await startI18n();
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
