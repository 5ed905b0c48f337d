/** Formularios: every way by which leads come by themselves — forms, other systems, Meta's advertisements. */
import { Button, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { SecretOnce } from '@/components/SecretOnce';
import { Waiting } from '@/components/Waiting';
import { useCreating } from '@/lib/history/create';
import { can, useMe } from '@/lib/session/session';
import styles from './Forms.module.css';
import { sourcesQuery, type Source } from './queries';
import { SourceCard } from './SourceCard';
import { SourceForm } from './SourceForm';
import { WhatsappCard } from './WhatsappCard';

export function FormsPage() {
  const { t } = useTranslation();
  const query = useQuery(sourcesQuery);
  const writable = can(useMe(), 'settings.write');
  const { creating, begin, end } = useCreating();
  const [editing, setEditing] = useState<Source | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const create = writable && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={begin}>
      {t('forms.add')}
    </Button>
  );
  const sources = query.data ?? [];
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <header className={styles['head']}>
          <div>
            <Title order={1}>{t('place.forms')}</Title>
            <Text size="sm" c="var(--nx-text2)">
              {t('forms.about')}
            </Text>
          </div>
          {sources.length > 0 && create}
        </header>
        {query.isPending && <Waiting rows={3} height={120} />}
        {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        {query.isSuccess && sources.length === 0 && <Empty action={create}>{t('forms.empty')}</Empty>}
        {sources.map((source) => (
          <SourceCard key={source.id} source={source} writable={writable} onEdit={() => setEditing(source)} onSecret={setSecret} />
        ))}
        <WhatsappCard />
      </div>
      {creating && <SourceForm source={null} onClose={end} onSecret={setSecret} />}
      {editing && <SourceForm key={editing.id} source={editing} onClose={() => setEditing(null)} onSecret={setSecret} />}
      {secret && <SecretOnce secret={secret} onClose={() => setSecret(null)} />}
    </div>
  );
}
