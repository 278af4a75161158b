-- The code of why a run failed can be read also when its words are erased.
alter table workflows.run add column problem text;
