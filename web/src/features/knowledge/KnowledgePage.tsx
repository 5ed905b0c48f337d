/** Conocimiento: what the agent may cite, what nobody has answered yet, and a box to try it (UI §4). */
import { Button, FileButton, Group, Text, Title } from '@mantine/core';
import { IconFilePlus, IconUpload } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { toast } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { useShortcut } from '@/lib/keys/keys';
import { rowsOf } from '@/lib/query/pages';
import { AskBox } from './AskBox';
import { DocumentList } from './DocumentList';
import { knowledgeKey } from './keys';
import styles from './Knowledge.module.css';
import { MeaningForm } from './MeaningForm';
import { documentsQuery, uploadFile, type Document } from './queries';
import { Questions } from './Questions';
import { useRefusal } from './refusals';

const TextForm = lazy(() => import('./TextForm'));
const FaqForm = lazy(() => import('./FaqForm'));
const DocumentDrawer = lazy(() => import('./DocumentDrawer'));
const ACCEPTED = '.pdf,.txt,.md,.markdown,.csv,.html,.htm,application/pdf,text/plain,text/markdown,text/html';

type Open = { readonly what: 'text' } | { readonly what: 'faq' | 'document'; readonly id: number | null } | null;

export function KnowledgePage() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(documentsQuery);
  const [open, setOpen] = useState<Open>(null);
  const upload = useUpload();
  const drop = useDrop(upload);
  const write = () => setOpen({ what: 'text' });
  useShortcut('c', t('knowledge.paste'), write);
  const known = rowsOf(query.data);
  const faq = known.filter(({ kind }) => kind === 'faq');
  const documents = known.filter(({ kind }) => kind !== 'faq');
  const chooser = (
    <FileButton onChange={upload} accept={ACCEPTED} multiple>
      {(props) => (
        <Button {...props} leftSection={<IconUpload size={16} aria-hidden />}>
          {t('knowledge.upload')}
        </Button>
      )}
    </FileButton>
  );
  const others = (
    <>
      <Button variant="default" leftSection={<IconFilePlus size={16} aria-hidden />} onClick={write}>
        {t('knowledge.paste')}
      </Button>
      <Button variant="default" onClick={() => setOpen({ what: 'faq', id: null })}>
        {t('knowledge.newFaq')}
      </Button>
    </>
  );
  const close = () => setOpen(null);
  return (
    <div className={styles['page']} data-dropping={drop.over} {...drop.on}>
      <div className={styles['columns']}>
        <div className={styles['main']}>
          <header className={styles['head']}>
            <div>
              <Title order={1}>{t('place.knowledge')}</Title>
              <Text size="sm" c="var(--nx-text2)">
                {t('knowledge.hint')}
              </Text>
            </div>
            {known.length > 0 && (
              <Group gap="xs">
                {others}
                {chooser}
              </Group>
            )}
          </header>
          <Questions state="proposed" />
          {query.isPending && <Waiting rows={5} height={56} />}
          {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
          {query.isSuccess && known.length === 0 && (
            <Empty
              action={
                <Group gap="xs" justify="center">
                  {chooser}
                  {others}
                </Group>
              }
            >
              {t('knowledge.empty')}
            </Empty>
          )}
          <DocumentList title={t('knowledge.documents')} documents={documents} onOpen={(one) => setOpen({ what: 'document', id: one.id })} />
          <DocumentList title={t('knowledge.faq')} documents={faq} onOpen={(one) => setOpen({ what: 'faq', id: one.id })} />
          {query.hasNextPage && (
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('knowledge.more')}
            </Button>
          )}
          <Questions state="open" />
        </div>
        <aside className={styles['side']} aria-label={t('knowledge.ask.title')}>
          <AskBox onOpen={(id) => setOpen({ what: known.find((one) => one.id === id)?.kind === 'faq' ? 'faq' : 'document', id })} />
          <MeaningForm />
        </aside>
      </div>
      <Suspense>
        {open?.what === 'text' && <TextForm onClose={close} />}
        {open?.what === 'faq' && <FaqForm key={open.id} id={open.id} onClose={close} />}
        {open?.what === 'document' && open.id !== null && <DocumentDrawer id={open.id} onClose={close} />}
      </Suspense>
    </div>
  );
}

/** Each file by itself: one that is refused keeps no other out. */
function useUpload(): (files: readonly File[]) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { tell } = useRefusal();
  return (files) => {
    const sent = files.map((file) => uploadFile(file).then((kept: Document) => toast(t('knowledge.uploaded', { title: kept.title })), tell));
    void Promise.all(sent).then(() => cache.invalidateQueries({ queryKey: knowledgeKey }));
  };
}

/** Files that are let fall on the page; whatever else is dragged is left alone. */
function useDrop(onFiles: (files: readonly File[]) => void) {
  const [over, setOver] = useState(false);
  const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const on = {
    onDragOver: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      if (event.currentTarget === event.target) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      onFiles([...event.dataTransfer.files]);
    },
  };
  return { over, on };
}
