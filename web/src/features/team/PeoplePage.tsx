/** Equipo: who waits, first; then who is invited, who works here and as what; how to invite; what each role may do. */
import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { useChangeAccount } from './change';
import { Invitations } from './Invitations';
import { JoinLink } from './JoinLink';
import { People } from './People';
import { PendingPeople } from './PendingPeople';
import { ResetRequests } from './ResetRequests';
import { Rights } from './Rights';
import { SecondFactor } from './SecondFactor';
import styles from './Team.module.css';
import { accountsQuery } from './queries';

export function PeoplePage() {
  const { t } = useTranslation();
  const query = useQuery(accountsQuery);
  const changes = useChangeAccount();
  const accounts = query.data ?? [];
  const of = (...states: readonly string[]) => accounts.filter(({ status }) => states.includes(status));
  const waiting = of('pending');
  const forgetful = accounts.filter(({ reset_asked_at }) => reset_asked_at !== null);
  const inside = [...of('active'), ...of('suspended')];
  return (
    <div className={styles['page']}>
      <Stack gap="xl" maw={960} mx="auto">
        <Title order={1}>{t('place.team')}</Title>
        {query.isPending && <Waiting rows={6} height={56} />}
        {query.isError && accounts.length === 0 && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        {waiting.length > 0 && <PendingPeople accounts={waiting} changes={changes} />}
        <ResetRequests accounts={forgetful} calm={waiting.length > 0} />
        <Invitations calm={waiting.length > 0 || forgetful.length > 0} />
        <JoinLink />
        {query.isSuccess && (
          <section aria-labelledby="team-people">
            <Title order={2} id="team-people" mb="sm">
              {t('team.people', { count: inside.length })}
            </Title>
            <People accounts={inside} changes={changes} />
            {accounts.length <= 1 && <Empty>{t('team.empty')}</Empty>}
          </section>
        )}
        <SecondFactor accounts={of('active')} />
        <Rights />
      </Stack>
    </div>
  );
}
