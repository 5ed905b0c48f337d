/** One document: what can be cited of it, its versions, and the way to its next one. */
import { Button, Drawer, FileButton, Group, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Ago } from '@/components/Time';
import { toast } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { useBackCloses } from '@/lib/history/back';
import { useTeam } from '@/lib/team/team';
import { withoutHeading } from './heading';
import { knowledgeKey } from './keys';
import styles from './Knowledge.module.css';
import { documentQuery, uploadFile, type Known } from './queries';
import { useRefusal } from './refusals';

const TextForm = lazy(() => import('./TextForm'));

export default function DocumentDrawer({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  useBackCloses(true, onClose);
  const { t } = useTranslation();
  const query = useQuery(documentQuery(id));
  return (
    <Drawer opened onClose={onClose} position="right" size={560} title={query.data?.document.title ?? t('knowledge.document')} closeButtonProps={{ 'aria-label': t('close'), size: 44 }}>
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Waiting rows={6} height={56} />}
      {query.data && <Shown known={query.data} />}
    </Drawer>
  );
}

function Shown({ known }: { readonly known: Known }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const team = useTeam();
  const { tell } = useRefusal();
  const [writing, setWriting] = useState(false);
  const { document, versions, passages } = known;
  const text = versions[0]?.text ?? null;
  const replacing = useMutation({
    mutationFn: (file: File) => uploadFile(file, document.id),
    onSuccess: (kept) => toast(t('knowledge.uploaded', { title: kept.title })),
    onError: tell,
    onSettled: () => cache.invalidateQueries({ queryKey: knowledgeKey }),
  });
  return (
    <>
      <Group gap="xs" mb="md">
        {text !== null && document.kind !== 'page' && (
          <Button variant="default" onClick={() => setWriting(true)}>
            {t('knowledge.editText')}
          </Button>
        )}
        <FileButton onChange={(file) => file && replacing.mutate(file)}>
          {(props) => (
            <Button {...props} variant="default" loading={replacing.isPending}>
              {t('knowledge.replace')}
            </Button>
          )}
        </FileButton>
      </Group>
      <Title order={3} size="h5">
        {t('knowledge.citable')}
      </Title>
      {passages.length === 0 && (
        <Text size="sm" c="var(--nx-text2)">
          {t('knowledge.nothingCitable')}
        </Text>
      )}
      <ol className={styles['hits']}>
        {passages.map((passage) => (
          <li key={passage.id} className={styles['hit']}>
            <span className={styles['name']}>
              {passage.heading}
              {passage.page !== null && <> · {t('knowledge.page', { page: passage.page })}</>}
            </span>
            <span className={styles['whole']} lang={document.language}>
              {withoutHeading(passage.text)}
            </span>
          </li>
        ))}
      </ol>
      <Title order={3} size="h5" mt="lg">
        {t('knowledge.versions')}
      </Title>
      <ul className={styles['list']}>
        {versions.map((version) => (
          <li key={version.version} className={styles['meta']}>
            {t('knowledge.version', { number: version.version })}
            {version.filename && <> · {version.filename}</>}
            {version.url && <> · {version.url}</>}
            {' · '}
            {team.find(({ id }) => id === version.created_by)?.name ?? t('knowledge.somebody')} · <Ago at={version.created_at} />
          </li>
        ))}
      </ul>
      <Suspense>{writing && <TextForm known={{ id: document.id, title: document.title, text: text ?? '' }} onClose={() => setWriting(false)} />}</Suspense>
    </>
  );
}
