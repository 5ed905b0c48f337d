/** Documents or questions with their state; what is ready is unmarked, what runs, failed or is withheld says so. */
import { ActionIcon, Group, Title, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconFileText, IconFile, IconHelpCircle, IconLoader2, IconRefresh, IconShieldLock, IconTrash, IconWorld } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Ago } from '@/components/Time';
import { toast, toastProblem } from '@/components/toast';
import { useTeam } from '@/lib/team/team';
import { knowledgeKey } from './keys';
import styles from './Knowledge.module.css';
import { documentsQuery, forget, readAgain, restore, type Document } from './queries';
import { FAILURES, useRefusal } from './refusals';

const ICONS = { text: IconFileText, file: IconFile, page: IconWorld, faq: IconHelpCircle } as const;

interface Props {
  readonly title: string;
  readonly documents: readonly Document[];
  readonly onOpen: (document: Document) => void;
}

export function DocumentList({ title, documents, onOpen }: Props) {
  if (documents.length === 0) return null;
  return (
    <section aria-label={title}>
      <Title order={2} size="h4">
        {title} <span className={styles['count']}>{documents.length}</span>
      </Title>
      <ul className={styles['list']}>
        {documents.map((one) => (
          <Line key={one.id} document={one} onOpen={() => onOpen(one)} />
        ))}
      </ul>
    </section>
  );
}

function Line({ document, onOpen }: { readonly document: Document; readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const team = useTeam();
  const remove = useForget();
  const again = useMutation({
    mutationFn: () => readAgain(document.id),
    onError: toastProblem,
    onSettled: () => cache.invalidateQueries({ queryKey: knowledgeKey }),
  });
  const Icon = ICONS[document.kind];
  const writer = team.find(({ id }) => id === document.updated_by)?.name;
  return (
    <li className={styles['line']}>
      <UnstyledButton className={styles['open'] ?? ''} onClick={onOpen}>
        <Icon size={20} stroke={1.75} aria-hidden className={styles['kind'] ?? ''} />
        <span className={styles['words']}>
          <span className={styles['name']}>{document.title}</span>
          <span className={styles['meta']}>
            {document.state === 'ready' && <>{t('knowledge.passages', { count: document.passages })} · </>}
            {writer && <>{writer} · </>}
            <Ago at={document.updated_at} />
          </span>
          <Reasons document={document} />
        </span>
      </UnstyledButton>
      <Group gap={4} wrap="nowrap">
        <State state={document.state} />
        {(document.state === 'failed' || document.kind === 'page') && (
          <ActionIcon variant="subtle" size={36} className={styles['act'] ?? ''} loading={again.isPending} aria-label={t('knowledge.readAgain', { title: document.title })} onClick={() => again.mutate()}>
            <IconRefresh size={18} />
          </ActionIcon>
        )}
        <ActionIcon variant="subtle" size={36} className={styles['act'] ?? ''} aria-label={t('knowledge.forget', { title: document.title })} onClick={() => remove(document)}>
          <IconTrash size={18} />
        </ActionIcon>
      </Group>
    </li>
  );
}

function Reasons({ document: { state, reasons } }: { readonly document: Document }) {
  const { t } = useTranslation();
  if (state === 'withheld') return <span className={styles['bad']}>{t('knowledge.withheldMeans')}</span>;
  if (state !== 'failed') return null;
  const known = FAILURES.find((one) => reasons.includes(one));
  return <span className={styles['bad']}>{t(`knowledge.failure.${known ?? 'unreadable_file'}`)}</span>;
}

function State({ state }: { readonly state: Document['state'] }) {
  const { t } = useTranslation();
  if (state === 'ready') return null;
  const bad = state === 'failed' || state === 'withheld';
  const Icon = state === 'failed' ? IconAlertTriangle : state === 'withheld' ? IconShieldLock : IconLoader2;
  return (
    <Badge meaning={bad ? 'danger' : 'agent'} icon={<Icon size={14} aria-hidden />}>
      {t(`knowledge.state.${state}`)}
    </Badge>
  );
}

/** Gone at once, back where it was refused, and put back by «Deshacer». */
function useForget(): (document: Document) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { tell } = useRefusal();
  const anew = () => cache.invalidateQueries({ queryKey: knowledgeKey });
  const back = useMutation({ mutationFn: restore, onError: tell, onSettled: anew });
  const forgetting = useMutation({
    mutationFn: (document: Document) => forget(document.id),
    onMutate: (document) => {
      cache.setQueryData(documentsQuery.queryKey, (known) =>
        known && { ...known, pages: known.pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => id !== document.id) })) },
      );
    },
    onSuccess: (_, document) => toast(t('knowledge.forgotten', { title: document.title }), () => back.mutate(document.id)),
    onError: toastProblem,
    onSettled: anew,
  });
  return (document) => forgetting.mutate(document);
}
