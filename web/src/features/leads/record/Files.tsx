/** Archivos: whatever came and went in the lead's conversations, opened where it is kept. */
import { Anchor, Button, Text } from '@mantine/core';
import { IconFile, IconMicrophone, IconPhoto, IconVideo } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Ago } from '@/components/Time';
import { Waiting } from '@/components/Waiting';
import styles from '@/features/leads/Leads.module.css';
import { filesQuery } from '@/features/leads/queries';
import { rowsOf } from '@/lib/query/pages';
import own from './Record.module.css';

const ICONS = { image: IconPhoto, audio: IconMicrophone, video: IconVideo } as const;
const KILO = 1024;

export function Files({ leadId }: { readonly leadId: number }) {
  const { t, i18n } = useTranslation();
  const query = useInfiniteQuery(filesQuery(leadId));
  const files = rowsOf(query.data);
  if (query.isPending) return <Waiting rows={3} />;
  if (query.isError && files.length === 0) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  if (files.length === 0) return <p className={styles['nothing']}>{t('record.files.none')}</p>;
  const size = (bytes: number) =>
    new Intl.NumberFormat(i18n.language, { style: 'unit', unit: bytes < KILO * KILO ? 'kilobyte' : 'megabyte', maximumFractionDigits: 1 }).format(
      bytes < KILO * KILO ? bytes / KILO : bytes / KILO / KILO,
    );
  return (
    <>
      <ul className={own['plain']} aria-label={t('record.files.title')}>
        {files.map((file) => {
          const kind = (['image', 'audio', 'video'] as const).find((known) => file.media_type?.startsWith(`${known}/`));
          const Mark = kind ? ICONS[kind] : IconFile;
          const name = file.filename ?? (kind ? t(`record.files.${kind}`) : t('record.files.document'));
          return (
            <li key={file.id} className={own['file']}>
              <Mark size={20} aria-hidden />
              <span className={own['grow']}>
                {file.state === 'stored' ? (
                  <Anchor href={`/chat/media/${file.id}`} target="_blank" rel="noreferrer">
                    {name}
                  </Anchor>
                ) : (
                  name
                )}
                <Text size="sm" c="var(--nx-text2)">
                  {file.direction === 'in' ? t('record.files.received') : t('record.files.sent')}
                  {file.size_bytes !== null && ` · ${size(file.size_bytes)}`}
                  {file.state !== 'stored' && ` · ${t(`record.files.state.${file.state}`)}`}
                </Text>
              </span>
              <Ago at={file.created_at} />
            </li>
          );
        })}
      </ul>
      {query.hasNextPage && (
        <Button variant="subtle" m="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('leads.timeline.older')}
        </Button>
      )}
    </>
  );
}
