/** A path that leads nowhere. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Empty
      action={
        <Button component={Link} to="/">
          {t('notFound.back')}
        </Button>
      }
    >
      {t('notFound.text')}
    </Empty>
  );
}
