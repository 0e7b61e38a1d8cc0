"""What the API's schema says of every operation: the problems it can answer with (RFC 9457)."""

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

PROBLEM_CODES = (400, 401, 404, 405, 406, 409, 413, 415, 429)


class ProblemSerializer(serializers.Serializer):
    """RFC 9457 problem details; `errors` names the fields."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    errors = serializers.JSONField(required=False)


class Schema(AutoSchema):
    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        for code in PROBLEM_CODES:
            said = self._get_response_for_code(ProblemSerializer, str(code), ["application/problem+json"])
            bodies.setdefault(str(code), said)
        return bodies
