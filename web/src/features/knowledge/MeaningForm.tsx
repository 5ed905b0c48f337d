/** Search by meaning: which model reads the passages, and how far it is. Folded, as words alone work well. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import styles from './Knowledge.module.css';
import { changeMeaning, meaningQuery, type Meaning } from './queries';

export function MeaningForm() {
  const { t } = useTranslation();
  const query = useQuery(meaningQuery);
  if (!query.data) return null;
  return (
    <details className={styles['box']}>
      <summary>{t('knowledge.meaning.title')}</summary>
      <Text size="sm" c="var(--nx-text2)" my="xs">
        {query.data.available ? t('knowledge.meaning.about') : t('knowledge.meaning.unavailable')}
      </Text>
      {query.data.available && <Fields key={`${query.data.model} ${query.data.base_url}`} meaning={query.data} />}
    </details>
  );
}

function Fields({ meaning }: { readonly meaning: Meaning }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [model, setModel] = useState(meaning.model);
  const [url, setUrl] = useState(meaning.base_url);
  const saving = useMutation({
    mutationFn: () => changeMeaning({ model: model.trim(), base_url: url.trim() }),
    onSuccess: (saved) => {
      cache.setQueryData(meaningQuery.queryKey, saved);
      toast(saved.model === '' ? t('knowledge.meaning.off') : t('knowledge.meaning.on', { model: saved.model }));
    },
    onError: toastProblem,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        <TextInput label={t('knowledge.meaning.model')} placeholder="text-embedding-3-small" value={model} maxLength={200} onChange={(event) => setModel(event.currentTarget.value)} />
        <TextInput label={t('knowledge.meaning.url')} placeholder="https://api.openai.com/v1" value={url} maxLength={300} onChange={(event) => setUrl(event.currentTarget.value)} />
        <Group justify="space-between">
          <Text size="sm" c="var(--nx-text2)">
            {meaning.model !== '' && t('knowledge.meaning.done', { done: meaning.embedded, all: meaning.passages })}
          </Text>
          <Button type="submit" variant="default" loading={saving.isPending}>
            {t('knowledge.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
