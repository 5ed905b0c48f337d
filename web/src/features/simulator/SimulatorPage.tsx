/** Simulador: two customers' phones beside what the team sees of them; on a phone, one at a time with a switch. */
import { SegmentedControl, Title, useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { asProblem } from '@/lib/api/problem';
import { can, useMe } from '@/lib/session/session';
import { Recent } from './Recent';
import styles from './Simulator.module.css';
import { CUSTOMERS, phoneAddress, simulatorQuery, type Customer } from './queries';

export function SimulatorPage() {
  const { t } = useTranslation();
  const me = useMe();
  const query = useQuery(simulatorQuery);
  const narrow = useMediaQuery('(max-width: 1023px)', false, { getInitialValueInEffect: false });
  const [shown, setShown] = useState<Customer>(1);
  return (
    <div className={styles['page']}>
      <header className={styles['bar']}>
        <Title order={1}>{t('place.simulator')}</Title>
        {!query.isError && <p className={styles['hint']}>{t('simulator.hint')}</p>}
        {narrow && query.isSuccess && (
          <SegmentedControl
            aria-label={t('simulator.who')}
            value={String(shown)}
            onChange={(value) => setShown(CUSTOMERS.find((customer) => String(customer) === value) ?? 1)}
            data={CUSTOMERS.map((customer) => ({ value: String(customer), label: t('simulator.customer', { number: customer }) }))}
          />
        )}
      </header>
      {query.isPending && <Waiting rows={6} />}
      {query.isError &&
        (asProblem(query.error).status === 404 ? (
          <Empty>{t('simulator.missing')}</Empty>
        ) : (
          <ErrorBox error={query.error} retry={() => void query.refetch()} />
        ))}
      {query.isSuccess && (
        <div className={styles['stage']}>
          {/* Both stay loaded: a switch must not lose what is being typed. */}
          {CUSTOMERS.map((customer) => (
            <Phone key={customer} url={query.data} customer={customer} hidden={narrow && customer !== shown} />
          ))}
          {can(me, 'conversations.read') && <Recent />}
        </div>
      )}
    </div>
  );
}

interface PhoneProps {
  readonly url: string;
  readonly customer: Customer;
  readonly hidden: boolean;
}

function Phone({ url, customer, hidden }: PhoneProps) {
  const { t, i18n } = useTranslation();
  const theme = useComputedColorScheme('light');
  return (
    <iframe
      className={styles['phone']}
      title={t('simulator.phoneOf', { number: customer })}
      src={phoneAddress(url, customer, i18n.language, theme)}
      hidden={hidden}
      referrerPolicy="no-referrer"
    />
  );
}
