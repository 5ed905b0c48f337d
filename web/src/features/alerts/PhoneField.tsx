/** One's own number: alerts by WhatsApp go there and nowhere else. */
import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alerts } from './queries';
import { usePreferences } from './usePreferences';

export function PhoneField({ alerts: { preferences } }: { readonly alerts: Alerts }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(preferences.phone ?? '');
  const { save, saving } = usePreferences();
  const phone = typed.trim() === '' ? null : typed.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save({ ...preferences, phone }, preferences);
      }}
    >
      <Group align="end">
        <TextInput
          type="tel"
          autoComplete="tel"
          label={t('alerts.phone')}
          description={t('alerts.phoneHint')}
          value={typed}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        <Button type="submit" variant="default" loading={saving} disabled={phone === preferences.phone}>
          {t('alerts.save')}
        </Button>
      </Group>
    </form>
  );
}
