/** How one kind of message is written by itself: which template, what fills it, when, and when never. */
import { Button, Group, Modal, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FillFields, FillInput, useReadable } from '@/components/FillFields';
import { problemWords } from '@/components/problemWords';
import { TemplatePreview } from '@/components/TemplatePreview';
import { toast } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import type { Template, Values } from '@/lib/templates/templates';
import { bodyOfTrigger, setTrigger, type Trigger } from './queries';
import styles from './Templates.module.css';
import { DAY_MINUTES, HOUR_MINUTES, triggerName } from './words';

interface Props {
  readonly trigger: Trigger;
  readonly templates: readonly Template[];
  readonly onClose: () => void;
  readonly onSaved: (triggers: readonly Trigger[]) => void;
}

export default function TriggerForm({ trigger, templates, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const readable = useReadable();
  useBackCloses(true, onClose);
  const [draft, setDraft] = useState(trigger);
  const name = triggerName(trigger, t);
  const sendable = templates.filter((template) => template.sendable || template.id === trigger.template_id);
  const template = templates.find(({ id }) => id === draft.template_id);
  const silence = trigger.kind === 'follow_up' || trigger.kind === 'reactivation';
  const change = (fields: Partial<Trigger>) => setDraft((before) => ({ ...before, ...fields }));
  const saving = useMutation({
    mutationFn: () => setTrigger(trigger.kind, trigger.step, { ...bodyOfTrigger(draft), fills: fillsOf(template, draft.fills) }),
    onSuccess: (rows) => {
      onSaved(rows);
      onClose();
      toast(t('saved'));
    },
  });
  const shown: Values = Object.fromEntries(Object.entries(draft.fills).map(([key, text]) => [key, readable(text)]));
  return (
    <Modal opened onClose={onClose} size={820} title={name} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className={styles['fields']}
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <Stack gap="sm">
          <Select
            label={t('templates.template')}
            data={sendable.map(({ id, name: each, language }) => ({ value: String(id), label: `${each} · ${language}` }))}
            value={draft.template_id === null ? null : String(draft.template_id)}
            onChange={(value) => change({ template_id: value === null ? null : Number(value) })}
            placeholder={t('templates.trigger.choose')}
            data-autofocus
          />
          {template && <FillFields template={template} fills={draft.fills} onFills={(fills) => change({ fills: { ...fills } })} />}
          <FillInput
            label={t('templates.trigger.windowText')}
            description={t('templates.trigger.windowHint')}
            value={draft.window_text ?? ''}
            onValue={(text) => change({ window_text: text.trim() === '' ? null : text })}
          />
          {silence && (
            <NumberInput
              label={t('templates.trigger.delay')}
              min={0}
              max={365}
              decimalScale={2}
              value={draft.delay_minutes / DAY_MINUTES}
              onChange={(days) => change({ delay_minutes: Math.round(Number(days) * DAY_MINUTES) })}
            />
          )}
          {trigger.kind === 'no_show' && (
            <NumberInput
              label={t('templates.trigger.hoursAfter')}
              min={0}
              max={240}
              value={draft.delay_minutes / HOUR_MINUTES}
              onChange={(hours) => change({ delay_minutes: Math.round(Number(hours) * HOUR_MINUTES) })}
            />
          )}
          <div className={styles['pair']}>
            <TextInput
              type="time"
              label={t('templates.trigger.quietFrom')}
              value={draft.quiet_from?.slice(0, 5) ?? ''}
              onChange={(event) => change(quietOf(event.currentTarget.value, draft.quiet_to, 'from'))}
            />
            <TextInput
              type="time"
              label={t('templates.trigger.quietTo')}
              value={draft.quiet_to?.slice(0, 5) ?? ''}
              onChange={(event) => change(quietOf(event.currentTarget.value, draft.quiet_from, 'to'))}
            />
          </div>
          <Text size="xs" c="var(--nx-meta)">
            {t('templates.trigger.quietHint')}
          </Text>
          <Switch
            label={t('templates.trigger.on')}
            checked={draft.enabled}
            onChange={(event) => change({ enabled: event.currentTarget.checked })}
          />
          {saving.error && (
            <Text role="alert" c="var(--nx-danger-fg)">
              {problemWords(asProblem(saving.error), t)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {t('templates.trigger.save')}
            </Button>
          </Group>
        </Stack>
        {template ? <TemplatePreview template={template} values={shown} /> : <Text c="var(--nx-text2)">{t('templates.trigger.choose')}</Text>}
      </form>
    </Modal>
  );
}

/** Another template has other variables: what was typed for the former one is left out. */
function fillsOf(template: Template | undefined, fills: Values): Record<string, string> {
  return Object.fromEntries((template?.variables ?? []).flatMap(({ key }) => (fills[key] ? [[key, fills[key]]] : [])));
}

const USUAL = { from: '21:00', to: '08:00' } as const;

/** Both ends or none: where one is typed first, the other is the usual one; emptied, there is no quiet. */
function quietOf(value: string, other: string | null, end: 'from' | 'to'): Pick<Trigger, 'quiet_from' | 'quiet_to'> {
  if (value === '') return { quiet_from: null, quiet_to: null };
  const otherEnd = other ?? USUAL[end === 'from' ? 'to' : 'from'];
  return end === 'from' ? { quiet_from: value, quiet_to: otherEnd } : { quiet_from: otherEnd, quiet_to: value };
}
