// What somebody is worried about is welfare, whoever raised it: whom it was sent reads no word of
// ICE's own, and has to act on it.

MATCH (concern:Concern) WHERE concern.sharingClass <> 'WELFARE'
SET concern.sharingClass = 'WELFARE';

MATCH (step:ConcernStep) WHERE step.sharingClass <> 'WELFARE'
SET step.sharingClass = 'WELFARE';
