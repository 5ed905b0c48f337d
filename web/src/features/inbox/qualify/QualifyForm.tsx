/** Qualifying by hand: how interested, the score within what that interest allows, and what it rests on. */
import { Button, Group, Modal, Select, Slider, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Interest } from '@/components/Interest';
import { toast, toastProblem } from '@/components/toast';
import { inboxKeys, nameOf, type Conversation } from '@/features/inbox/queries';
import { api } from '@/lib/api/client';
import { useBackCloses } from '@/lib/history/back';
import { BANDS, INTERESTS, within, type InterestName } from './bands';

interface Props {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

export function QualifyForm({ conversation, onClose }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [interest, setInterest] = useState<InterestName>(INTERESTS.find((known) => known === conversation.interest) ?? 'warm');
  const [score, setScore] = useState(within(interest, conversation.score ?? 50));
  const [need, setNeed] = useState('');
  const [evidence, setEvidence] = useState('');
  const [low, high] = BANDS[interest];
  const saving = useMutation({
    mutationFn: () => {
      const params = { path: { conversation_id: conversation.id } };
      const lines = evidence.split('\n').map((line) => line.trim()).filter(Boolean);
      const body = { interest, score, need: need.trim() || null, evidence: lines.slice(0, 20), reasons: [] };
      return api.POST('/chat/conversations/{conversation_id}/qualification', { params, body });
    },
    onError: toastProblem,
    onSuccess: () => {
      toast(t('qualify.done', { name: nameOf(conversation) ?? t('inbox.nobody') }));
      if (conversation.lead_id !== null) void cache.invalidateQueries({ queryKey: inboxKeys.lead(conversation.lead_id) });
      onClose();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!saving.isPending) saving.mutate();
  };
  useBackCloses(true, onClose);
  return (
    <Modal opened onClose={onClose} title={t('qualify.title', { name: nameOf(conversation) ?? t('inbox.nobody') })} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit}>
        <Select
          data-autofocus
          label={t('qualify.interest')}
          data={INTERESTS.map((value) => ({ value, label: t(`interest.${value}`) }))}
          value={interest}
          allowDeselect={false}
          onChange={(next) => {
            const chosen = INTERESTS.find((known) => known === next);
            if (!chosen) return;
            setInterest(chosen);
            setScore(within(chosen, score));
          }}
        />
        <Group justify="space-between" mt="md">
          <Text size="sm" fw={500} id="qualify-score">
            {t('qualify.score')}
          </Text>
          <Interest interest={interest} score={score} />
        </Group>
        <Slider min={low} max={high} value={score} onChange={setScore} thumbLabel={t('qualify.score')} label={null} mt={8} />
        <Text size="sm" c="var(--nx-text2)" mt={4}>
          {t('qualify.band', { low, high })}
        </Text>
        <TextInput label={t('qualify.need')} maxLength={500} mt="sm" value={need} onChange={(event) => setNeed(event.currentTarget.value)} />
        <Textarea
          label={t('qualify.evidence')}
          description={t('qualify.evidenceHint')}
          autosize
          minRows={2}
          maxRows={6}
          mt="sm"
          value={evidence}
          onChange={(event) => setEvidence(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button type="submit" loading={saving.isPending}>
            {t('qualify.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
