/** Who forgot the password and waits for a link: made here, handed over in person, and told to whom it is for. */
import { Button, Group, Title } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Ago } from '@/components/Time';
import { toast, toastProblem } from '@/components/toast';
import { dismissRequest, makeResetLink } from './inviting';
import { accountKeys, type Account } from './queries';
import { ShownLink } from './ShownLink';
import styles from './Team.module.css';

interface Props {
  readonly accounts: readonly Account[];
  readonly calm: boolean;
}

export function ResetRequests({ accounts, calm }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [made, setMade] = useState<{ readonly name: string; readonly link: string } | null>(null);
  const answering = useMutation({
    mutationFn: (send: () => Promise<void>) => send(),
    onError: toastProblem,
    onSettled: () => cache.invalidateQueries({ queryKey: accountKeys.list }),
  });
  const make = ({ id, name, email }: Account) =>
    answering.mutate(async () => {
      const { link } = await makeResetLink(id);
      if (link) setMade({ name, link });
      else toast(t('access.mailed', { email }));
    });
  const dismiss = ({ id, name }: Account) =>
    answering.mutate(async () => {
      await dismissRequest(id);
      toast(t('access.dismissed', { name }));
    });
  return (
    <>
      {accounts.length > 0 && (
        <section aria-labelledby="team-resets" aria-live="polite">
          <Group gap="sm" mb="sm">
            <Title order={2} id="team-resets">
              {t('access.requests')}
            </Title>
            <Badge meaning="inverse" icon={<IconKey size={14} aria-hidden />}>
              {t('peopleWaiting', { count: accounts.length })}
            </Badge>
          </Group>
          <ul className={styles['cards']}>
            {accounts.map((account, index) => (
              <li key={account.id} className={styles['card']}>
                <span className={styles['who']}>
                  <strong>{account.name}</strong>
                  <span className={styles['email']}>{account.email}</span>
                </span>
                <span className={styles['asked']}>
                  {t('access.requested')} {account.reset_asked_at && <Ago at={account.reset_asked_at} />}
                </span>
                <Group gap="sm" wrap="nowrap" className={styles['answers']}>
                  <Button
                    variant={index === 0 && !calm ? 'filled' : 'light'}
                    aria-label={t('access.makeFor', { name: account.name })}
                    onClick={() => make(account)}
                  >
                    {t('access.make')}
                  </Button>
                  <Button variant="default" aria-label={t('access.dismissFor', { name: account.name })} onClick={() => dismiss(account)}>
                    {t('access.dismiss')}
                  </Button>
                </Group>
              </li>
            ))}
          </ul>
        </section>
      )}
      {made && (
        <ShownLink
          link={made.link}
          title={t('access.linkTitle', { name: made.name })}
          hint={t('access.linkHint', { name: made.name })}
          onClose={() => setMade(null)}
        />
      )}
    </>
  );
}
