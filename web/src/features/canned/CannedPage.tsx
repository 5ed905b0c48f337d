/** Respuestas rápidas: what is kept ready for whoever answers, the company's and one's own. */
import { ActionIcon, Button, Group, Text, Title } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { toast, toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { cannedQuery, type Canned } from '@/lib/canned/canned';
import { cannedKey } from '@/lib/canned/keys';
import { useCreating } from '@/lib/history/create';
import { useMe } from '@/lib/session/session';
import { CannedForm } from './CannedForm';
import styles from './Canned.module.css';
import { forgetCanned, keepCanned, mayShare, wordingOf } from './queries';

export function CannedPage() {
  const { t } = useTranslation();
  const query = useQuery(cannedQuery);
  const [editing, setEditing] = useState<Canned | null>(null);
  const { creating, begin, end } = useCreating();
  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={begin}>
      {t('canned.create')}
    </Button>
  );
  const kept = query.data ?? [];
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <header className={styles['head']}>
          <div>
            <Title order={1}>{t('canned.title')}</Title>
            <Text size="sm" c="var(--nx-text2)">
              {t('canned.about')}
            </Text>
          </div>
          {kept.length > 0 && create}
        </header>
        {query.isPending && <Waiting rows={6} height={64} />}
        {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        {query.isSuccess && kept.length === 0 && <Empty action={create}>{t('canned.empty')}</Empty>}
        {[true, false].map((shared) => {
          const group = kept.filter((one) => one.shared === shared);
          return (
            group.length > 0 && (
              <section key={String(shared)} aria-label={shared ? t('canned.ofCompany') : t('canned.ofMine')}>
                <Title order={2} size="h4">
                  {shared ? t('canned.ofCompany') : t('canned.ofMine')}
                </Title>
                <ul className={styles['list']}>
                  {group.map((one) => (
                    <Line key={one.id} canned={one} onEdit={() => setEditing(one)} />
                  ))}
                </ul>
              </section>
            )
          );
        })}
      </div>
      {creating && <CannedForm canned={null} onClose={end} />}
      {editing && <CannedForm key={editing.id} canned={editing} onClose={() => setEditing(null)} />}
    </div>
  );
}

function Line({ canned, onEdit }: { readonly canned: Canned; readonly onEdit: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const forget = useForget();
  const writable = !canned.shared || mayShare(me);
  return (
    <li className={styles['line']}>
      <div className={styles['words']}>
        <span className={styles['name']}>
          <code>/{canned.shortcut}</code> {canned.title}
          {canned.language && <span className={styles['language']}>{t(`canned.language.${canned.language}`)}</span>}
        </span>
        <span className={styles['text']} lang={canned.language ?? undefined}>
          {canned.text}
        </span>
      </div>
      {writable && (
        <Group gap={4} wrap="nowrap">
          <ActionIcon variant="subtle" size={36} className={styles['act'] ?? ''} aria-label={t('canned.edit', { name: canned.title })} onClick={onEdit}>
            <IconPencil size={18} />
          </ActionIcon>
          <ActionIcon variant="subtle" size={36} className={styles['act'] ?? ''} aria-label={t('canned.forget', { name: canned.title })} onClick={() => forget(canned)}>
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
      )}
    </li>
  );
}

/** Gone at once, back where it was refused, and kept anew by «Deshacer». */
function useForget(): (canned: Canned) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const anew = () => cache.invalidateQueries({ queryKey: cannedKey });
  const back = useMutation({ mutationFn: keepCanned, onError: toastProblem, onSettled: anew });
  const forgetting = useMutation({
    mutationFn: (canned: Canned) => forgetCanned(canned.id),
    onMutate: (canned) => {
      cache.setQueryData(cannedQuery.queryKey, (list) => list?.filter(({ id }) => id !== canned.id));
    },
    onSuccess: (_, canned) => toast(t('canned.forgotten', { name: canned.title }), () => back.mutate(wordingOf(canned))),
    onError: toastProblem,
    onSettled: anew,
  });
  return (canned) => forgetting.mutate(canned);
}
