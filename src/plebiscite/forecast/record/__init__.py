"""The record: forecasts as published, frozen, and scored when the outcome came."""
