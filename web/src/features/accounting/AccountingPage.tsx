/** Contabilidad: sums of each currency, the ledger that is never edited, who earned what. Only the ceo has this page. */
import { Button, Tabs, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreating } from '@/lib/history/create';
import { useShortcut } from '@/lib/keys/keys';
import { can, useMe } from '@/lib/session/session';
import styles from './Accounting.module.css';
import { TABS, type Filters, type Tab } from './filters';
import { LedgerTab } from './LedgerTab';
import { MonthSwitch } from './MonthSwitch';
import { RulesTab } from './RulesTab';
import { SellersTab } from './SellersTab';

const NewEntry = lazy(() => import('./NewEntry'));

export function AccountingPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const writable = can(useMe(), 'transactions.write');
  const { tab = 'ledger', line, ...filters } = useSearch({ from: '/shell/accounting' });
  const { creating, begin, end } = useCreating();
  useShortcut('c', t('accounting.new'), begin, writable);
  const go = (to: Tab, search: Filters) =>
    void navigate({ to: '/accounting', search: { ...search, ...(to !== 'ledger' && { tab: to }) }, replace: true });
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <Title order={1}>{t('place.accounting')}</Title>
        {tab !== 'rules' && <MonthSwitch month={filters.month} onMonth={(month) => go(tab, { ...filters, month })} />}
        {writable && (
          <Button className={styles['new'] ?? ''} leftSection={<IconPlus size={16} aria-hidden />} onClick={begin} variant={tab === 'rules' ? 'default' : 'filled'}>
            {t('accounting.new')}
          </Button>
        )}
      </header>
      <Tabs
        value={tab}
        onChange={(value) => go(TABS.find((known) => known === value) ?? 'ledger', filters)}
        keepMounted={false}
        classNames={{ root: styles['tabs'] ?? '', list: styles['tabList'] ?? '', panel: styles['panel'] ?? '' }}
      >
        <Tabs.List aria-label={t('place.accounting')}>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`accounting.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="ledger">
          <LedgerTab filters={filters} openId={line} writable={writable} onNew={begin} />
        </Tabs.Panel>
        <Tabs.Panel value="sellers">
          <SellersTab filters={filters} onSeller={(seller, currency) => go('ledger', { ...filters, seller, currency })} />
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <RulesTab writable={writable} />
        </Tabs.Panel>
      </Tabs>
      <Suspense>{creating && writable && <NewEntry onClose={end} />}</Suspense>
    </div>
  );
}
