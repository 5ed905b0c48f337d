/** Cómo habla: who the agent is, its manner, its way of address, its languages, and what it never says. */
import { Checkbox, Group, Input, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Lines } from './Lines';
import type { Script } from './queries';
import type { Writing } from './useScript';

const TRATOS = ['tu', 'usted', 'vos'] as const;
const TONES = ['warm', 'formal', 'brief', 'lively'] as const;
const LANGUAGES = ['es', 'en', 'pt'] as const;

export function SpeechTab({ writing }: { readonly writing: Writing }) {
  const { t } = useTranslation();
  const { script, set, wrong } = writing;
  const languages = LANGUAGES.map((value) => ({ value, label: t(`agentPage.language.${value}`) }));
  return (
    <Stack gap="lg">
      <TextInput
        label={t('agentPage.field.agent_name')}
        value={script.agent_name}
        maxLength={60}
        error={wrong.agent_name}
        required
        onChange={(event) => set({ agent_name: event.currentTarget.value })}
      />
      <Input.Wrapper label={t('agentPage.field.trato')} description={t('agentPage.means.trato')}>
        <SegmentedControl
          aria-label={t('agentPage.field.trato')}
          mt={4}
          value={script.trato}
          data={TRATOS.map((value) => ({ value, label: t(`agentPage.trato.${value}`) }))}
          onChange={(trato) => set({ trato: trato })}
        />
      </Input.Wrapper>
      <Input.Wrapper label={t('agentPage.field.tone')} labelProps={{ display: 'block' }}>
        <SegmentedControl
          aria-label={t('agentPage.field.tone')}
          mt={4}
          value={script.tone}
          data={TONES.map((value) => ({ value, label: t(`agentPage.tone.${value}`) }))}
          onChange={(tone) => set({ tone: tone })}
        />
      </Input.Wrapper>
      <Textarea
        label={t('agentPage.field.persona')}
        description={t('agentPage.means.persona')}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={2000}
        value={script.persona}
        onChange={(event) => set({ persona: event.currentTarget.value })}
      />
      <Checkbox.Group
        label={t('agentPage.field.languages')}
        description={t('agentPage.means.languages')}
        value={script.languages}
        error={wrong.languages}
        onChange={(chosen) => set(withLanguages(script, chosen))}
      >
        <Group mt={8}>
          {languages.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} />
          ))}
        </Group>
      </Checkbox.Group>
      <Select
        label={t('agentPage.field.default_language')}
        maw={240}
        allowDeselect={false}
        data={languages.filter(({ value }) => script.languages.includes(value))}
        value={script.default_language}
        onChange={(value) => value !== null && set({ default_language: value })}
      />
      <Lines
        label={t('agentPage.field.never')}
        about={t('agentPage.means.never')}
        placeholder={t('agentPage.neverExample')}
        add={t('agentPage.addLine')}
        lines={script.never}
        most={20}
        onLines={(never) => set({ never: [...never] })}
      />
      <TextInput
        label={t('agentPage.field.disclosure')}
        description={t('agentPage.means.disclosure')}
        maxLength={300}
        value={script.disclosure}
        onChange={(event) => set({ disclosure: event.currentTarget.value })}
      />
    </Stack>
  );
}

/** The default stays one of the allowed ones, and they keep their order. */
function withLanguages(script: Script, chosen: Script['languages']): Partial<Script> {
  const languages = LANGUAGES.filter((each) => chosen.includes(each));
  const [first] = languages;
  const kept = languages.includes(script.default_language) || first === undefined;
  return { languages, default_language: kept ? script.default_language : first };
}
