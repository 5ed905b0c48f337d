/** Claves de API: who comes in by program, in whose name and for what; made, rotated and revoked, shown once. */
import { Button, Group, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { can, useMe } from '@/lib/session/session';
import styles from './ApiKeys.module.css';
import { Connect } from './Connect';
import { KeyLine, type Act } from './KeyLine';
import { apiKeysQuery, type ApiKey, type Issued } from './queries';

const CreateKey = lazy(() => import('./CreateKey'));
const EndKey = lazy(() => import('./EndKey'));
const ShownKey = lazy(() => import('./ShownKey'));

type Open = { readonly act: 'create' } | { readonly act: Act; readonly key: ApiKey } | { readonly act: 'shown'; readonly issued: Issued };

export function ApiKeysPage() {
  const { t } = useTranslation();
  const writable = can(useMe(), 'api_keys.write');
  const query = useQuery(apiKeysQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const shown = (issued: Issued) => setOpen({ act: 'shown', issued });
  const keys = query.data?.keys ?? [];
  const create = writable && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen({ act: 'create' })}>
      {t('apiKeys.create')}
    </Button>
  );
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <header className={styles['head']}>
          <div>
            <Title order={1}>{t('place.apiKeys')}</Title>
            <Text size="sm" c="var(--nx-text2)" maw={640}>
              {t('apiKeys.about')}
            </Text>
          </div>
          {keys.length > 0 && <Group>{create}</Group>}
        </header>
        {query.isPending && <Waiting rows={4} height={72} />}
        {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        {query.isSuccess && keys.length === 0 && <Empty action={create}>{t('apiKeys.empty')}</Empty>}
        {(['live', 'past'] as const).map((group) => {
          const some = keys.filter(({ revoked_at }) => (revoked_at === null) === (group === 'live'));
          return (
            some.length > 0 && (
              <section key={group} aria-labelledby={`keys-${group}`}>
                <Title order={2} size="h4" id={`keys-${group}`}>
                  {t(`apiKeys.${group}`)}
                </Title>
                <ul className={styles['list']}>
                  {some.map((key) => (
                    <KeyLine
                      key={key.id}
                      apiKey={key}
                      offered={query.data?.scopes.length ?? 0}
                      onAct={writable ? (act) => setOpen({ act, key }) : null}
                    />
                  ))}
                </ul>
              </section>
            )
          );
        })}
        <Connect />
      </div>
      <Suspense>
        {open?.act === 'create' && <CreateKey offered={query.data?.scopes ?? []} onClose={close} onIssued={shown} />}
        {(open?.act === 'revoke' || open?.act === 'rotate') && <EndKey act={open.act} apiKey={open.key} onClose={close} onIssued={shown} />}
        {open?.act === 'shown' && <ShownKey issued={open.issued} onClose={close} />}
      </Suspense>
    </div>
  );
}
