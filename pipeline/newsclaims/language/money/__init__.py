"""Figures of money: from characters to :class:`newsclaims.schema.Amount`, and onto a spaCy Doc."""

from newsclaims.language.money.amounts import find_money
from newsclaims.language.money.component import MoneyMention, create_money

__all__ = ["MoneyMention", "create_money", "find_money"]
