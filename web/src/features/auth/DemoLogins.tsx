/** «Entrar como Carla · Dirección»: a demo's five people, one press each; without the token, where to find it. */
import { Button, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { asProblem } from '@/lib/api/problem';
import styles from './AuthFrame.module.css';
import { demoLoginsQuery, type DemoLogin } from './demo';

interface Props {
  readonly token: string | null;
  readonly busy: boolean;
  readonly onChoose: (login: DemoLogin) => void;
}

export function DemoLogins({ token, busy, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="demo-logins" className={styles['demo']}>
      <Title order={2} id="demo-logins">
        {t('demoLogin.title')}
      </Title>
      {token === null ? <Text>{t('demoLogin.where')}</Text> : <List token={token} busy={busy} onChoose={onChoose} />}
    </section>
  );
}

function List({ token, busy, onChoose }: Props & { readonly token: string }) {
  const { t } = useTranslation();
  const query = useQuery(demoLoginsQuery(token));
  if (query.isPending) return <Waiting rows={5} height={44} />;
  if (query.isError) {
    if (asProblem(query.error).code === 'wrong_demo_token') return <Text role="alert">{t('demoLogin.stale')}</Text>;
    return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  }
  return (
    <Stack gap="sm">
      {query.data.map((login) => (
        <Button key={login.email} variant="default" fullWidth disabled={busy} onClick={() => onChoose(login)}>
          {t('demoLogin.as', { name: login.name.split(' ')[0] ?? login.name, role: t(`role.${login.role}`) })}
        </Button>
      ))}
    </Stack>
  );
}
