Attribute VB_Name = "SkSettings"
Option Explicit

' The settings that the installer wrote: lines of "KEY","value" in one file of the user's.
'
' xlwings would also read a sheet of the workbook in front and a file beside it. Both come by e-mail from strangers,
' and a setting names the program to start: so they are not read. It would also hang for minutes on a blank line.

Private mText As String
Private mRead As Boolean

Public Function GetConfig(configKey As String, Optional default As String = "", Optional source As String = "") As Variant
    Dim setting As Variant, cells As Variant
    GetConfig = default
    For Each setting In Split(SettingsText(), vbLf)
        cells = Split(Trim$(setting), """,""")
        If UBound(cells) = 1 Then
            If UCase$(Mid$(cells(0), 2)) = UCase$(configKey) Then GetConfig = SkExpanded(Left$(cells(1), Len(cells(1)) - 1))
        End If
    Next setting
    ' xlwings compares such a setting with True.
    If LCase$(GetConfig) = "true" Then GetConfig = True
    If LCase$(GetConfig) = "false" Then GetConfig = False
End Function

Public Sub SkForgetSettings()
    ' A function in ten thousand cells must not read the file ten thousand times; a pressed button reads it anew.
    mRead = False
End Sub

Private Function SettingsText() As String
    If Not mRead Then
        mText = ""
        On Error Resume Next
        mText = Replace(ReadFile(SettingsFile()), vbCr, "")
        On Error GoTo 0
        mRead = True
    End If
    SettingsText = mText
End Function

Private Function SettingsFile() As String
    #If Mac Then
        SettingsFile = GetMacDir("$HOME", False) & "/" & PROJECT_NAME & ".conf"
    #Else
        SettingsFile = SkExpanded("%USERPROFILE%\." & PROJECT_NAME & "\" & PROJECT_NAME & ".conf")
    #End If
End Function
