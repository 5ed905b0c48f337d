/** The company's tags: renamed, recoloured, forgotten; how many leads carry each is said before. */
import { ActionIcon, Button, Group, Modal, Select, Text, TextInput, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMakeTag } from '@/components/records/makeTag';
import { ErrorBox } from '@/components/ErrorBox';
import { notify, toastProblem } from '@/components/toast';
import { api, bodyOf } from '@/lib/api/client';
import { useBackCloses } from '@/lib/history/back';
import { TAG_COLORS, tagsKey, tagsQuery, type Tag, type TagColor } from '@/lib/records/tags';
import styles from './Settings.module.css';

export function TagsSection() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = useQuery(tagsQuery);
  const [name, setName] = useState('');
  const [leaving, setLeaving] = useState<Tag | null>(null);
  const making = useMakeTag(() => setName(''));
  const again = () => cache.invalidateQueries({ queryKey: tagsKey });
  const changing = useMutation({
    mutationFn: async ({ id, ...body }: { readonly id: number; readonly name?: string; readonly color?: TagColor }) =>
      api.PATCH('/crm/tags/{tag_id}', { params: { path: { tag_id: id } }, body }),
    onError: toastProblem,
    onSettled: again,
  });
  const forgetting = useMutation({
    mutationFn: async ({ id }: Tag) => bodyOf(await api.DELETE('/crm/tags/{tag_id}', { params: { path: { tag_id: id } } })),
    onError: toastProblem,
    onSuccess: ({ leads }, tag) => notify(t('settings.tags.gone', { name: tag.name, count: leads })),
    onSettled: again,
  });
  useBackCloses(leaving !== null, () => setLeaving(null));
  return (
    <section aria-labelledby="settings-tags" className={styles['section']}>
      <Title order={2} id="settings-tags">
        {t('settings.tags.title')}
      </Title>
      <Text size="sm" c="var(--nx-text2)" mb="sm">
        {t('settings.tags.about')}
      </Text>
      {query.isError && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      <ul className={styles['rows']}>
        {(query.data ?? []).map((tag) => (
          <TagRow key={tag.id} tag={tag} onChange={(change) => changing.mutate({ id: tag.id, ...change })} onForget={() => setLeaving(tag)} />
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) making.mutate(name.trim());
        }}
      >
        <Group align="end" mt="sm">
          <TextInput label={t('settings.tags.new')} maxLength={40} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Button type="submit" variant="default" disabled={!name.trim()} loading={making.isPending}>
            {t('settings.tags.add')}
          </Button>
        </Group>
      </form>
      {leaving && (
        <Modal opened onClose={() => setLeaving(null)} title={t('settings.tags.forget', { name: leaving.name })} closeButtonProps={{ 'aria-label': t('close') }}>
          <Text>{t('settings.tags.carried', { count: leaving.leads })}</Text>
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={() => setLeaving(null)}>
              {t('cancel')}
            </Button>
            <Button
              color="danger"
              onClick={() => {
                forgetting.mutate(leaving);
                setLeaving(null);
              }}
            >
              {t('settings.tags.remove')}
            </Button>
          </Group>
        </Modal>
      )}
    </section>
  );
}

interface RowProps {
  readonly tag: Tag;
  readonly onChange: (change: { readonly name?: string; readonly color?: TagColor }) => void;
  readonly onForget: () => void;
}

function TagRow({ tag, onChange, onForget }: RowProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const save = () => {
    const wanted = draft?.trim();
    if (wanted && wanted !== tag.name) onChange({ name: wanted });
    setDraft(null);
  };
  return (
    <li>
      <span className={styles['dot']} style={{ background: `var(--nx-${tag.color}-fg)` }} aria-hidden />
      <TextInput
        aria-label={t('settings.tags.name', { name: tag.name })}
        maxLength={40}
        value={draft ?? tag.name}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setDraft(null);
        }}
      />
      <Select
        aria-label={t('settings.tags.color', { name: tag.name })}
        data={TAG_COLORS.map((value) => ({ value, label: t(`settings.tags.colors.${value}`) }))}
        value={tag.color}
        allowDeselect={false}
        w={140}
        onChange={(next) => {
          const color = TAG_COLORS.find((known) => known === next);
          if (color) onChange({ color });
        }}
      />
      <Text size="sm" c="var(--nx-text2)" className={styles['count'] ?? ''}>
        {t('settings.tags.leads', { count: tag.leads })}
      </Text>
      <ActionIcon variant="subtle" size={36} aria-label={t('settings.tags.forget', { name: tag.name })} onClick={onForget}>
        <IconTrash size={18} />
      </ActionIcon>
    </li>
  );
}
