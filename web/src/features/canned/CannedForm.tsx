/** One reply: its shortcut, its words with variables to insert, whose it is. A refusal stands at its field. */
import { Button, Group, Modal, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { folded, type Canned, type Wording } from '@/lib/canned/canned';
import { cannedKey } from '@/lib/canned/keys';
import { useBackCloses } from '@/lib/history/back';
import { useMe } from '@/lib/session/session';
import styles from './Canned.module.css';
import { changeCanned, keepCanned, mayShare, wordingOf } from './queries';

const VARIABLES = ['name', 'seller', 'company', 'day', 'time'] as const;
const LANGUAGES = ['es', 'en', 'pt'] as const;
const LONGEST = 2000;

interface Props {
  readonly canned: Canned | null;
  readonly onClose: () => void;
}

export function CannedForm({ canned, onClose }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const shares = mayShare(useMe());
  const box = useRef<HTMLTextAreaElement>(null);
  const [wording, setWording] = useState<Wording>(() =>
    canned ? wordingOf(canned) : { title: '', shortcut: '', text: '', language: null, shared: shares },
  );
  const set = (change: Partial<Wording>) => setWording((before) => ({ ...before, ...change }));
  const saving = useMutation({
    mutationFn: (body: Wording) => (canned ? changeCanned(canned.id, body) : keepCanned(body)),
    onSuccess: (saved) => {
      void cache.invalidateQueries({ queryKey: cannedKey });
      toast(t('canned.saved', { shortcut: saved.shortcut }));
      onClose();
    },
    onError: (error) => {
      if (refusalOf(error) === null) toastProblem(error);
    },
  });
  const refusal = refusalOf(saving.error);
  const unknown = refusal === 'unknown_variable' ? variablesOf(saving.error) : '';
  const good = wording.title.trim() !== '' && wording.shortcut !== '' && wording.text.trim() !== '';
  const insert = (name: string) => {
    const { selectionStart: from, selectionEnd: to } = box.current ?? { selectionStart: 0, selectionEnd: 0 };
    set({ text: `${wording.text.slice(0, from)}{${name}}${wording.text.slice(to)}` });
    box.current?.focus();
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (good) saving.mutate(wording);
  };
  return (
    <Modal opened onClose={onClose} title={canned ? t('canned.editing') : t('canned.creating')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            data-autofocus
            label={t('canned.field.title')}
            value={wording.title}
            maxLength={60}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <TextInput
            label={t('canned.field.shortcut')}
            description={t('canned.shortcutMeans')}
            leftSection="/"
            value={wording.shortcut}
            maxLength={30}
            autoCapitalize="none"
            error={refusal === 'shortcut_taken' && t('canned.problem.shortcut_taken')}
            onChange={(event) => set({ shortcut: shortcutOf(event.currentTarget.value) })}
          />
          <Textarea
            ref={box}
            label={t('canned.field.text')}
            description={t('canned.textMeans')}
            autosize
            minRows={4}
            maxRows={12}
            value={wording.text}
            maxLength={LONGEST}
            error={
              (refusal === 'unknown_variable' && t('canned.problem.unknown_variable', { names: unknown })) ||
              (refusal === 'too_many_canned' && t('canned.problem.too_many_canned'))
            }
            onChange={(event) => set({ text: event.currentTarget.value })}
          />
          <div role="group" aria-label={t('canned.variables')} className={styles['variables']}>
            <Text size="sm" c="var(--nx-text2)">
              {t('canned.insert')}
            </Text>
            {VARIABLES.map((key) => (
              <Button key={key} size="compact-sm" variant="default" className={styles['variable'] ?? ''} onClick={() => insert(t(`canned.variable.${key}`))}>
                {`{${t(`canned.variable.${key}`)}}`}
              </Button>
            ))}
          </div>
          <Select
            label={t('canned.field.language')}
            data={LANGUAGES.map((value) => ({ value, label: t(`canned.language.${value}`) }))}
            value={wording.language ?? null}
            placeholder={t('canned.anyLanguage')}
            clearable
            clearButtonProps={{ 'aria-label': t('canned.anyLanguage') }}
            onChange={(value) => set({ language: LANGUAGES.find((known) => known === value) ?? null })}
          />
          {shares && (
            <Switch
              label={t('canned.share')}
              checked={wording.shared}
              onChange={(event) => set({ shared: event.currentTarget.checked })}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('canned.cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!good}>
              {t('canned.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What can be typed after a slash; whatever else was typed becomes that. */
function shortcutOf(text: string): string {
  return folded(text)
    .replace(/^\//, '')
    .replace(/\s+/g, '-')
    .replace(/[^a-z0-9_-]/g, '');
}

const REFUSALS = ['shortcut_taken', 'unknown_variable', 'too_many_canned'] as const;

function refusalOf(error: unknown): (typeof REFUSALS)[number] | null {
  return error ? (REFUSALS.find((code) => code === asProblem(error).code) ?? null) : null;
}

function variablesOf(error: unknown): string {
  const told = asProblem(error).members['variables'];
  return Array.isArray(told) ? told.map((name) => `{${String(name)}}`).join(', ') : '';
}
