"""What a company calls those who buy: one of a closed list, or words of its own (PRODUCT §6.3)."""

from __future__ import annotations

from typing import Literal, TypeAlias

Vocabulary: TypeAlias = Literal["clients", "patients", "students", "members", "guests", "families"]
# `tenant_settings.vocabulary_words` (JSONB): `{"es": {"one": "socia", "many": "socias"}}`; a language that is left out
# has the words of the vocabulary.
VocabularyWords: TypeAlias = dict[str, dict[str, str]]
