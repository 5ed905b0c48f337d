/** Calendars that are shared with the company's service account: whose each is, by id, by name, or as a person says. */
import { Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '@/components/CopyText';
import { Empty } from '@/components/Empty';
import { toastRefusal } from '@/components/refusalToast';
import { toast } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { CALENDARS, type Calendars } from '@/lib/calendars/calendars';
import styles from './Calendars.module.css';
import { connectShared, matchesQuery, type Proposal } from './queries';
import { refusalWords } from './words';

const KeyFile = lazy(() => import('./KeyFile'));

export function Shared({ calendars }: { readonly calendars: Calendars }) {
  const { t } = useTranslation();
  const [looking, setLooking] = useState(false);
  const [entering, setEntering] = useState(false);
  const account = calendars.service_account;
  return (
    <section className={styles['card']} aria-labelledby="shared-calendars">
      <div>
        <Title order={2} id="shared-calendars">
          {t('calendars.shared.title')}
        </Title>
        <Text size="sm" c="var(--nx-text2)">
          {account ? t('calendars.shared.how') : t('calendars.shared.none')}
        </Text>
      </div>
      {account && <CopyText label={t('calendars.shared.address')} text={account} />}
      <Group gap="xs">
        {account && !looking && (
          <Button size="sm" variant="default" onClick={() => setLooking(true)}>
            {t('calendars.shared.look')}
          </Button>
        )}
        <Button size="sm" variant="default" onClick={() => setEntering(true)}>
          {account ? t('calendars.shared.replace') : t('calendars.shared.set')}
        </Button>
      </Group>
      {looking && <Matches calendars={calendars} />}
      <Suspense>{entering && <KeyFile onClose={() => setEntering(false)} />}</Suspense>
    </section>
  );
}

function Matches({ calendars }: { readonly calendars: Calendars }) {
  const { t } = useTranslation();
  const query = useQuery(matchesQuery);
  if (query.isPending) return <Waiting rows={3} />;
  if (query.isError) {
    return (
      <Stack gap="sm">
        <p role="alert">{refusalWords(query.error, t)}</p>
        <Button size="sm" variant="default" onClick={() => void query.refetch()}>
          {t('retry')}
        </Button>
      </Stack>
    );
  }
  if (query.data.length === 0) return <Empty>{t('calendars.shared.empty')}</Empty>;
  return (
    <ul className={styles['matches']}>
      {query.data.map((one) => (
        <Match key={one.calendar_id} proposal={one} calendars={calendars} />
      ))}
    </ul>
  );
}

interface MatchProps {
  readonly proposal: Proposal;
  readonly calendars: Calendars;
}

/** What is sure is chosen already, and still a person's to confirm. */
function Match({ proposal, calendars }: MatchProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const sure = proposal.how === 'id' || proposal.how === 'name' ? (proposal.seller_ids[0] ?? null) : null;
  const [picked, setPicked] = useState<string | null>(null);
  const value = picked ?? (sure === null ? null : String(sure));
  const nameOf = (id: number) => calendars.items.find(({ seller_id }) => seller_id === id)?.seller_name ?? '';
  const first = new Set(proposal.seller_ids);
  const open = calendars.items
    .filter(({ state }) => state === 'none')
    .sort((a, b) => Number(first.has(b.seller_id)) - Number(first.has(a.seller_id)));
  const title = proposal.calendar_name || proposal.calendar_id;
  const connecting = useMutation({
    mutationFn: () => connectShared(Number(value), proposal.calendar_id),
    onSuccess: () => toast(t('calendars.shared.connected', { calendar: title, name: nameOf(Number(value)) })),
    onError: (error) => toastRefusal(refusalWords(error, t)),
    onSettled: () => cache.invalidateQueries({ queryKey: [CALENDARS] }),
  });
  return (
    <li className={styles['match']}>
      <div className={styles['which']}>
        <strong>{title}</strong>
        <span>
          {proposal.how === 'connected'
            ? t('calendars.shared.of', { name: nameOf(proposal.seller_ids[0] ?? 0) })
            : t(`calendars.shared.by.${proposal.how}`)}
        </span>
      </div>
      {proposal.how !== 'connected' && (
        <>
          <Select
            size="sm"
            aria-label={t('calendars.shared.whose', { calendar: title })}
            placeholder={t('calendars.shared.choose')}
            data={open.map(({ seller_id, seller_name }) => ({ value: String(seller_id), label: seller_name }))}
            value={value}
            onChange={setPicked}
          />
          <Button
            size="sm"
            variant="default"
            disabled={value === null}
            loading={connecting.isPending}
            aria-label={t('calendars.shared.confirmName', { calendar: title })}
            onClick={() => connecting.mutate()}
          >
            {t('calendars.shared.confirm')}
          </Button>
        </>
      )}
    </li>
  );
}
