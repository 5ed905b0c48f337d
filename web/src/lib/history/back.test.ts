/** Back closes what covers a page: whoever draws a dialog or a drawer says how, or has an address for it (UI §3). */
import { expect, it } from 'vitest';

const SOURCES = import.meta.glob<string>('/src/**/*.tsx', { query: '?raw', import: 'default', eager: true });
/** The address names these, and Back leaves it by itself; the agent's page asks what to do with Back. */
const ADDRESSED = [
  '/src/features/accounting/EntryDrawer.tsx',
  '/src/features/agent/AgentPage.tsx',
  '/src/features/audit/AuditDetail.tsx',
  '/src/features/home/RowsDrawer.tsx',
  '/src/features/inbox/why/WhyDrawer.tsx',
  '/src/features/sellers/SellerDrawer.tsx',
];

it('closes every dialog and drawer', () => {
  const covering = Object.entries(SOURCES).filter(([, text]) => /<(Modal|Drawer)\b/.test(text));
  expect(covering.length).toBeGreaterThan(20);
  const silent = covering.filter(([, text]) => !text.includes('useBackCloses(')).map(([path]) => path);
  expect(silent.toSorted()).toEqual(ADDRESSED);
});
