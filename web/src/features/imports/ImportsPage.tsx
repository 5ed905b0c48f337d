/** Importar: the file comes first, by choice, drop or paste; below, what was imported before and can be undone. */
import { Anchor, Button, FileButton, Text, Textarea, Title } from '@mantine/core';
import { IconClipboard, IconUpload } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Ago } from '@/components/Time';
import { Waiting } from '@/components/Waiting';
import { rowsOf } from '@/lib/query/pages';
import { useMemberName } from '@/lib/team/team';
import styles from './Imports.module.css';
import { importKeys } from './keys';
import { importsQuery, upload, type Import } from './queries';
import { useRefusal } from './refusals';
import { StateBadge } from './StateBadge';

const ACCEPTED = '.csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain';

export function ImportsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const query = useInfiniteQuery(importsQuery);
  const [pasting, setPasting] = useState(false);
  const sending = useMutation({
    mutationFn: upload,
    onError: useRefusal(),
    onSuccess: (one) => {
      cache.setQueryData(importKeys.one(one.id), one);
      void cache.invalidateQueries({ queryKey: importKeys.list });
      void navigate({ to: '/imports/$importId', params: { importId: one.id } });
    },
  });
  const take = (file: File | null) => {
    if (file && !sending.isPending) sending.mutate(file);
  };
  const drop = useDrop(take);
  const past = rowsOf(query.data);
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <header>
          <Anchor component={Link} to="/leads" size="sm">
            {t('imports.back')}
          </Anchor>
          <Title order={1}>{t('imports.title')}</Title>
          <Text size="sm" c="var(--nx-text2)">
            {t('imports.hint')}
          </Text>
        </header>
        <section className={styles['drop']} data-over={drop.over} aria-label={t('imports.file')} {...drop.on}>
          <Text fw={500}>{t('imports.drop')}</Text>
          <Text size="sm" c="var(--nx-text2)">
            {t('imports.kinds')}
          </Text>
          <div className={styles['ways']}>
            <FileButton onChange={take} accept={ACCEPTED}>
              {(props) => (
                <Button {...props} loading={sending.isPending} leftSection={<IconUpload size={16} aria-hidden />}>
                  {t('imports.choose')}
                </Button>
              )}
            </FileButton>
            <Button
              variant="default"
              leftSection={<IconClipboard size={16} aria-hidden />}
              aria-expanded={pasting}
              onClick={() => setPasting(!pasting)}
            >
              {t('imports.paste')}
            </Button>
          </div>
          {pasting && <Paste busy={sending.isPending} onText={(text) => take(new File([text], t('imports.pasted'), { type: 'text/csv' }))} />}
        </section>
        <section>
          <Title order={2}>{t('imports.past')}</Title>
          {query.isPending && <Waiting rows={3} height={64} />}
          {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
          {query.isSuccess && past.length === 0 && <Empty>{t('imports.empty')}</Empty>}
          <ul className={styles['past']}>
            {past.map((one) => (
              <Past key={one.id} one={one} />
            ))}
          </ul>
          {query.hasNextPage && (
            <Button variant="default" mt="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('imports.more')}
            </Button>
          )}
        </section>
      </div>
    </div>
  );
}

function Past({ one }: { readonly one: Import }) {
  const { t } = useTranslation();
  const who = useMemberName(one.created_by);
  const made = one.written['create'] ?? 0;
  const changed = one.written['change'] ?? 0;
  return (
    <li>
      <Link to="/imports/$importId" params={{ importId: one.id }} className={styles['pastLink'] ?? ''}>
        <span className={styles['pastName']}>{one.filename ?? t('imports.pasted')}</span>
        <StateBadge state={one.state} />
        <span className={styles['meta']}>
          {t('imports.rows', { count: one.row_count })}
          {made > 0 && ` · ${t('imports.made', { count: made })}`}
          {changed > 0 && ` · ${t('imports.changedLeads', { count: changed })}`}
          {who && ` · ${who}`} · <Ago at={one.created_at} />
        </span>
      </Link>
    </li>
  );
}

function Paste({ busy, onText }: { readonly busy: boolean; readonly onText: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <form
      className={styles['paste']}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') onText(text);
      }}
    >
      <Textarea
        label={t('imports.pasteLabel')}
        placeholder={t('imports.pasteExample')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        rows={6}
        spellCheck={false}
      />
      <Button type="submit" variant="default" loading={busy} disabled={text.trim() === ''}>
        {t('imports.goOn')}
      </Button>
    </form>
  );
}

/** A file that is let fall; whatever else is dragged is left alone. */
function useDrop(onFile: (file: File | null) => void) {
  const [over, setOver] = useState(false);
  const on = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      if (event.currentTarget === event.target) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      setOver(false);
      onFile(event.dataTransfer.files[0] ?? null);
    },
  };
  return { over, on };
}
